import { hash } from 'node:crypto';

import { zoneKey } from '../date/timeZones';
import type { ReportColumn } from '../report/columnNames';
import { isBlank } from '../report/rowFields';
import { KeyCounter } from './KeyCounter';

/**
 * How the lines of a report can be told apart from one import to the next.
 * - `transactionId`: the report has Rakuten's own id of each line.
 * - `orderLine`: it has the seven columns that name an order line and are never restated.
 * - `none`: neither (aggregates such as clicks per day); such rows are replaced by date.
 */
export type IdentityKind = 'transactionId' | 'orderLine' | 'none';

/**
 * The columns that name an order line and never change after the line is recorded. Amounts, u1
 * (filled in up to 12 hours later), clicks and names are left out because they are restated.
 * All seven must be in the report: were some of them optional, adding one later would change
 * every id and an import would store each line twice.
 */
const orderLineColumns = [
	'advertiserId',
	'orderId',
	'sku',
	'transactionDate',
	'transactionTime',
	'processDate',
	'processTime',
] as const;

/** Key columns that must have a value; the others may be blank (an order without SKU is one). */
const neededInOrderLine = new Set(['advertiserId', 'orderId', 'transactionDate', 'processDate']);

export interface LineIdentity {
	readonly kind: IdentityKind;
	/** The ids met so far, before equal ones are numbered. */
	readonly keys: KeyCounter;
	/**
	 * The line's id, or undefined when the cells that name it are empty. Equal lines get
	 * numbers in the order they are met, so two legitimately equal lines stay two.
	 */
	idOf(fields: readonly string[]): string | undefined;
}

/**
 * Decides how the lines of a report are identified. Ids from the order line depend on the seven
 * key columns, read to instants, and on the zone the report was asked in; not on amounts, u1, the
 * network asked for, other columns, or the order of columns and rows.
 *
 * One identity serves one answer of Rakuten: equal lines share their dates, answers hold whole
 * days, so equal lines always come in the same answer and get the same numbers however a range is
 * cut into windows.
 *
 * `instant` gives the same text for the same moment however the report writes its dates.
 */
export function lineIdentity(
	columns: readonly ReportColumn[],
	settings: {
		zone: string;
		from: 'automatic' | 'orderLine';
		instant: (date: string, time: string) => string | undefined;
	},
): LineIdentity {
	const positionOf = (name: string) => columns.findIndex((column) => column.known?.name === name);
	const transactionId = positionOf('transactionId');
	const positions = orderLineColumns.map(positionOf);
	const orderLineComplete = positions.every((position) => position >= 0);
	const keys = new KeyCounter();
	const zone = zoneKey(settings.zone);
	const numbered = (id: string) => {
		const occurrence = keys.count(id);
		return occurrence === 1 ? id : `${id}#${occurrence}`;
	};

	const orderLineId = (fields: readonly string[]) => {
		const key = orderLineKey(fields, positions, settings.instant);
		return key === undefined
			? undefined
			: numbered(hash('sha256', `${zone}\u001f${key}`, 'hex').slice(0, 32));
	};

	if (transactionId >= 0 && settings.from === 'automatic') {
		return {
			kind: 'transactionId',
			keys,
			idOf: (fields) => {
				const id = fields[transactionId] ?? '';
				if (!isBlank(id)) return numbered(id.trim());
				return orderLineComplete ? orderLineId(fields) : undefined;
			},
		};
	}
	if (orderLineComplete) {
		return { kind: 'orderLine', keys, idOf: orderLineId };
	}
	return { kind: 'none', keys, idOf: () => undefined };
}

function orderLineKey(
	fields: readonly string[],
	positions: readonly number[],
	instant: (date: string, time: string) => string | undefined,
): string | undefined {
	const value = (index: number) => {
		const text = fields[positions[index]] ?? '';
		return isBlank(text) ? '' : text.trim();
	};
	for (let index = 0; index < orderLineColumns.length; index++) {
		if (neededInOrderLine.has(orderLineColumns[index]) && value(index) === '') return undefined;
	}
	const transaction = instant(value(3), value(4));
	const process = instant(value(5), value(6));
	if (transaction === undefined || process === undefined) return undefined;
	return [value(0), value(1), value(2), transaction, process].join('\u001f');
}
