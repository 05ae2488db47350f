/** One row by header; see headerKeys for headers that can't be used as keys. */
export type CsvObject = Record<string, string>;

/** Makes a row from one record's fields, of which there must be as many as keys. */
export interface RowMaker {
	(fields: readonly string[]): CsvObject;
}

/** Makers are kept for recent headers: a report comes in many answers with the same header. */
const keptMakers = 16;
/** Known reports have up to about a hundred columns; larger ones are not worth keeping. */
const mostColumns = 200;
const makers = new Map<string, RowMaker>();

/**
 * Makes plain objects that all have these keys, which must come from headerKeys. Readers of the
 * same header share a maker, and with it the object shape that V8 has learned for its rows.
 */
export function rowMaker(keys: readonly string[]): RowMaker {
	if (keys.length > mostColumns) return newRowMaker(keys);
	const header = JSON.stringify(keys);
	const known = makers.get(header);
	if (known) return known;
	if (makers.size === keptMakers) makers.clear();
	const maker = newRowMaker(keys);
	makers.set(header, maker);
	return maker;
}

/**
 * A separate constructor gives the rows one shape, with room for the values inside the object. The
 * first columns are written out because V8 remembers at each place in the code which key was stored
 * there: this makes rows twice as fast as a loop, where the keys change at one place. Rows of other
 * headers use the same places, so the gain is lost if several are in use.
 */
function newRowMaker(keys: readonly string[]): RowMaker {
	// Read back as an object's own key, it is the one copy that V8 compares by identity.
	const names = keys.map((key) => Object.keys({ [key]: 0 })[0]);
	const count = names.length;
	const written = Math.min(16, count - (count % 4));
	const [k0, k1, k2, k3, k4, k5, k6, k7, k8, k9, k10, k11, k12, k13, k14, k15] = names;

	function Row(this: CsvObject, fields: readonly string[]) {
		if (count >= 4) {
			this[k0] = fields[0];
			this[k1] = fields[1];
			this[k2] = fields[2];
			this[k3] = fields[3];
		}
		if (count >= 8) {
			this[k4] = fields[4];
			this[k5] = fields[5];
			this[k6] = fields[6];
			this[k7] = fields[7];
		}
		if (count >= 12) {
			this[k8] = fields[8];
			this[k9] = fields[9];
			this[k10] = fields[10];
			this[k11] = fields[11];
		}
		if (count >= 16) {
			this[k12] = fields[12];
			this[k13] = fields[13];
			this[k14] = fields[14];
			this[k15] = fields[15];
		}
		for (let index = written; index < count; index += 1) this[names[index]] = fields[index];
	}
	Row.prototype = Object.prototype;
	const PlainRow = Row as unknown as new (fields: readonly string[]) => CsvObject;
	return (fields) => new PlainRow(fields);
}
