import type { Line } from '../account/lines.mts';
import { decimalText, hundredths, withThousands } from '../account/money.mts';
import type { Entry, Wording } from './cell.mts';
import { DIMENSIONS, EMPTY_COLUMNS } from './dimensions.mts';
import { numberIn } from './languages.mts';
import { METRICS, type Sums } from './metrics.mts';

/** A column as in a report: its own spelling of the header, and how to fill it. */
export interface Column {
	header: string;
	/** False for sums; rows of an aggregate report are one per combination of the others. */
	isDimension: boolean;
	/** The text of the cell for the entries of one row. */
	text: (row: readonly Entry[], wording: Wording) => string;
}

/** A column by any known spelling; an unknown header gets a filler text on every row. */
export function columnOf(header: string): Column {
	const name = header.toLowerCase().replace(/\s+/g, ' ').trim();
	const metric = METRICS.get(name);
	if (metric) {
		return {
			header,
			isDimension: false,
			text: (row, wording) => {
				const text = metric(sumsOf(row));
				return numberIn(wording.language, wording.settings.thousands ? withThousands(text) : text);
			},
		};
	}
	const value = DIMENSIONS.get(name);
	if (!value) {
		const filler = EMPTY_COLUMNS.has(name) ? '' : 'sample';
		return { header, isDimension: true, text: () => filler };
	}
	return {
		header,
		isDimension: true,
		text: (row, wording) => value(row[0]!, wording) ?? missing(header, row[0]!, wording),
	};
}

function missing(header: string, { line }: Entry, { settings }: Wording): string {
	if (settings.missingAs !== 'mixed') return settings.missingAs === 'null' ? 'null' : '';
	const sign = (line?.transactionId.charCodeAt(0) ?? 0) + header.length;
	return sign % 3 === 0 ? 'null' : '';
}

/** Sums over the entries of one row; mixed currencies are added up as numbers, as a report does. */
function sumsOf(row: readonly Entry[]): Sums {
	const [first, ...others] = row;
	const isMixed = others.some(
		({ advertiser }) => advertiser.currency !== first!.advertiser.currency,
	);
	const currency = isMixed ? undefined : first?.advertiser.currency;
	const money = (of: (line: Line) => number) => {
		const total = row.reduce((sum, { line, advertiser }) => {
			if (!line) return sum;
			return sum + (currency ? of(line) : hundredths(of(line), advertiser.currency));
		}, 0);
		return decimalText(total, currency ?? 'USD');
	};
	const count = (of: (entry: Entry) => number) => row.reduce((sum, entry) => sum + of(entry), 0);
	const orders = () =>
		new Set(row.flatMap(({ line }) => (line ? [`${line.advertiser.mid}:${line.orderId}`] : [])))
			.size;
	return { money, count, orders };
}
