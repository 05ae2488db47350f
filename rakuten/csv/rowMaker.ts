/** One row by header; see headerKeys for headers that can't be keys as they are. */
export type CsvObject = Record<string, string>;

/** Makes a row of one record's fields, of which there must be as many as keys. */
export interface RowMaker {
	(fields: readonly string[]): CsvObject;
}

/** Makers are kept for the headers read last: a report comes in many answers, all alike. */
const keptMakers = 16;
const makers = new Map<string, RowMaker>();

/**
 * Makes plain objects that all have these keys, which must come from headerKeys. Readers of the
 * same header share a maker, and with it the shape that V8 has learnt for its rows.
 */
export function rowMaker(keys: readonly string[]): RowMaker {
	const header = JSON.stringify(keys);
	let maker = makers.get(header);
	if (maker === undefined) {
		if (makers.size === keptMakers) makers.clear();
		maker = newRowMaker(keys);
		makers.set(header, maker);
	}
	return maker;
}

/**
 * A constructor of its own gives the rows one shape, with room for the values inside the object.
 * The first columns are written out one by one because V8 remembers at each place of the code which
 * key was stored there last; in a loop, where the keys change, each store looks its key up.
 */
function newRowMaker(keys: readonly string[]): RowMaker {
	const count = keys.length;
	const [
		k0,
		k1,
		k2,
		k3,
		k4,
		k5,
		k6,
		k7,
		k8,
		k9,
		k10,
		k11,
		k12,
		k13,
		k14,
		k15,
		k16,
		k17,
		k18,
		k19,
		k20,
		k21,
		k22,
		k23,
	] = keys;

	function Row(this: CsvObject, fields: readonly string[]) {
		this[k0] = fields[0];
		if (count === 1) return;
		this[k1] = fields[1];
		if (count === 2) return;
		this[k2] = fields[2];
		if (count === 3) return;
		this[k3] = fields[3];
		if (count === 4) return;
		this[k4] = fields[4];
		if (count === 5) return;
		this[k5] = fields[5];
		if (count === 6) return;
		this[k6] = fields[6];
		if (count === 7) return;
		this[k7] = fields[7];
		if (count === 8) return;
		this[k8] = fields[8];
		if (count === 9) return;
		this[k9] = fields[9];
		if (count === 10) return;
		this[k10] = fields[10];
		if (count === 11) return;
		this[k11] = fields[11];
		if (count === 12) return;
		this[k12] = fields[12];
		if (count === 13) return;
		this[k13] = fields[13];
		if (count === 14) return;
		this[k14] = fields[14];
		if (count === 15) return;
		this[k15] = fields[15];
		if (count === 16) return;
		this[k16] = fields[16];
		if (count === 17) return;
		this[k17] = fields[17];
		if (count === 18) return;
		this[k18] = fields[18];
		if (count === 19) return;
		this[k19] = fields[19];
		if (count === 20) return;
		this[k20] = fields[20];
		if (count === 21) return;
		this[k21] = fields[21];
		if (count === 22) return;
		this[k22] = fields[22];
		if (count === 23) return;
		this[k23] = fields[23];
		if (count === 24) return;
		for (let index = 24; index < count; index += 1) this[keys[index]] = fields[index];
	}
	Row.prototype = Object.prototype;
	const PlainRow = Row as unknown as new (fields: readonly string[]) => CsvObject;
	return (fields) => new PlainRow(fields);
}
