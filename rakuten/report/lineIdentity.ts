import { hash } from 'node:crypto';

import { zoneKey } from '../date/timeZones';
import type { ReportColumn } from './columnNames';
import type { Cell } from './rowFields';
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

export interface LineIdentity {
	readonly kind: IdentityKind;
	/** The ids met so far, before equal ones are numbered. */
	readonly keys: KeyCounter;
	/**
	 * The line's id by its cells as read, or undefined when those that name it are empty. Equal lines
	 * get numbers in the order they are met, so two legitimately equal lines stay two.
	 */
	idOf(cells: readonly Cell[]): string | undefined;
}

/**
 * Decides how the lines of a report are identified. Ids from the order line depend on the seven
 * key columns, read to instants, and on the zone the report was asked in; not on amounts, u1, the
 * network asked for, other columns, or the order of columns and rows.
 *
 * One identity serves one answer of Rakuten: equal lines share their dates, answers hold whole
 * days, so equal lines always come in the same answer and get the same numbers however a range is
 * cut into windows.
 */
export function lineIdentity(
	columns: readonly ReportColumn[],
	settings: { zone: string; from: 'automatic' | 'orderLine' },
): LineIdentity {
	const positionOf = (name: string) => columns.findIndex((column) => column.known?.name === name);
	const transactionId = positionOf('transactionId');
	const positions = orderLineColumns.map(positionOf);
	const orderLineComplete = positions.every((position) => position >= 0);
	const keys = new KeyCounter();
	const zone = zoneKey(settings.zone);
	const numbered = (id: string, hashWords?: Uint32Array) => {
		const occurrence = keys.count(id, hashWords);
		return occurrence === 1 ? id : `${id}#${occurrence}`;
	};

	const orderLineId = (cells: readonly Cell[]) => {
		const key = orderLineKey(cells, positions);
		if (key === undefined) return undefined;
		digest.write(hash('sha256', `${zone}\u001f${key}`, 'binary'), 'binary');
		return numbered(digest.toString('hex', 0, idBytes), digestWords);
	};

	if (transactionId >= 0 && settings.from === 'automatic') {
		return {
			kind: 'transactionId',
			keys,
			idOf: (cells) => {
				const id = cells[transactionId];
				if (id !== null) return numbered(String(id));
				return orderLineComplete ? orderLineId(cells) : undefined;
			},
		};
	}
	if (orderLineComplete) {
		return { kind: 'orderLine', keys, idOf: orderLineId };
	}
	return { kind: 'none', keys, idOf: () => undefined };
}

/** An id is the first half of the SHA-256, in hex. */
const idBytes = 16;

/**
 * The hash being worked on; one, because nothing here waits. Ids are made from its bytes: cut from
 * the whole hash in hex, each would keep that in memory too.
 */
const digest = Buffer.alloc(32);
const digestWords = new Uint32Array(digest.buffer, digest.byteOffset, 2);

/**
 * What names an order line, or undefined where part of it is missing; only the SKU may be blank. A
 * date's cell holds its time too, and is the same text however the report writes its dates.
 */
function orderLineKey(cells: readonly Cell[], positions: readonly number[]): string | undefined {
	const advertiser = cells[positions[0]];
	const order = cells[positions[1]];
	const transaction = cells[positions[3]];
	const process = cells[positions[5]];
	if (advertiser === null || order === null || transaction === null || process === null) {
		return undefined;
	}
	const sku = cells[positions[2]] ?? '';
	return `${advertiser}\u001f${order}\u001f${sku}\u001f${transaction}\u001f${process}`;
}
