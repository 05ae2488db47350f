/**
 * A seeded generator of a believable `signature-orders-report`: twelve months of transaction lines in
 * the order they were processed, orders of one to five lines, corrections as new negative lines,
 * sub-IDs missing on some rows, UTF-8 with BOM and CRLF. Header and value styles as observed in
 * public importers' fixtures. The same options give the same bytes, whatever the chunk size.
 */

export interface ReportOptions {
	/** Same seed, same report. Default 1. */
	seed?: number;
	/** Stop after this many rows (the header not counted). */
	rows?: number;
	/** Or: stop at the first row that reaches this many bytes. One of the two is required. */
	bytes?: number;
	/**
	 * True (default): names and order IDs with commas, amounts with thousands separators and SKUs with
	 * inch marks occur, and are quoted: about one row in three. False: nothing needs a quote.
	 */
	quoted?: boolean;
	/** Size of the chunks, as a download would arrive. Default 65536. The last one is shorter. */
	chunkBytes?: number;
}

export const signatureOrdersHeader = [
	'Member ID (U1)',
	'MID',
	'Advertiser Name',
	'Order ID',
	'Transaction Date',
	'Transaction Time',
	'SKU',
	'Sales',
	'# of Items',
	'Total Commission',
	'Process Date',
	'Process Time',
];

interface Advertiser {
	mid: string;
	name: string;
	/** Commission in percent. */
	rate: number;
	/** Typical price of one item, in cents. */
	price: number;
	orderId: (random: Random) => string;
}

type Random = () => number;

const minute = 60_000;
const day = 24 * 60 * minute;
const firstDay = Date.UTC(2025, 2, 1);

/** Names are invented; two carry letters outside ASCII, three a comma. */
const plainNames = [
	'Harbor & Pine Outfitters',
	'Nordlicht Optik',
	'Blue Kettle Kitchen',
	'Maison Lumière',
	'Trailhead Supply US',
	'Quiet Orchard Books',
	'Peak Audio Direct',
	'Juniper Home',
	'Velvet Fern',
	'Old Mill Shoes CA',
	'Atlas Luggage',
	'Café Tostado',
	'Sunfold Swimwear',
	'Copper Lane Jewelry',
	'Little Anchor Kids',
	'Granite Tools UK',
];
const namesWithComma = ['Fields, Moss & Sons', 'Runway 9, Inc.', 'The Paper Room, Ltd'];
const sources = ['blog', 'newsletter', 'yt', 'deal', 'app', 'insta'];
const skuWords = ['TEE', 'LAMP', 'BOOT', 'PAN', 'RUG', 'BAG', 'LENS', 'SOFA', 'RING', 'MUG'];

/** mulberry32: 32 bits of state are plenty for believable rows. */
function seededRandom(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

const upTo = (random: Random, limit: number) => Math.floor(random() * limit);
const pick = <T,>(random: Random, list: readonly T[]) => list[upTo(random, list.length)];
const digits = (random: Random, count: number) =>
	String(upTo(random, 10 ** count)).padStart(count, '0');

function makeAdvertisers(random: Random, quoted: boolean): Advertiser[] {
	const names = quoted ? [...plainNames, ...namesWithComma] : plainNames;
	const orderIds: Array<Advertiser['orderId']> = [
		(r) => `4${digits(r, 9)}`,
		(r) => `W${digits(r, 8)}`,
		(r) => `${digits(r, 3)}-${digits(r, 7)}-${digits(r, 7)}`,
		(r) => `00${digits(r, 6)}/${1 + upTo(r, 3)}`,
	];
	if (quoted) orderIds.push((r) => `${digits(r, 7)},${1 + upTo(r, 4)}`);
	return names.map((name, index) => ({
		mid: String(2000 + upTo(random, 48_000)),
		name,
		rate: 2 + upTo(random, 10),
		price: 900 + upTo(random, 18_000),
		orderId: orderIds[index % orderIds.length],
	}));
}

/** `m/d/yy`, unpadded. */
function date(time: number): string {
	const at = new Date(time);
	return `${at.getUTCMonth() + 1}/${at.getUTCDate()}/${at.getUTCFullYear() % 100}`;
}

/** `HH:mm:ss`, 24 hours. */
function timeOfDay(time: number): string {
	return new Date(time).toISOString().slice(11, 19);
}

/** Cents as `1234.56`, or `1,234.56` where the report separates thousands. */
function amount(cents: number, separateThousands: boolean): string {
	const absolute = Math.abs(cents);
	let whole = String(Math.floor(absolute / 100));
	if (separateThousands) whole = whole.replace(/\B(?=(\d{3})+$)/g, ',');
	return `${cents < 0 ? '-' : ''}${whole}.${String(absolute % 100).padStart(2, '0')}`;
}

/** Quotes a value only where RFC 4180 asks for it. */
function field(value: string): string {
	return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function subId(random: Random): string {
	const kind = random();
	if (kind < 0.12) return '';
	if (kind < 0.5) return `${pick(random, sources)}-${upTo(random, 400)}`;
	return `click-${digits(random, 8)}${digits(random, 4)}`;
}

function sku(random: Random, quoted: boolean): string {
	const word = pick(random, skuWords);
	if (quoted && random() < 0.02) return `${word}-${12 + upTo(random, 60)}"`;
	return random() < 0.5 ? `${word}-${digits(random, 4)}` : digits(random, 8 + upTo(random, 6));
}

/** One order's lines as CSV rows, and now and then the correction of an earlier order's line. */
function* rowsOfReport(options: ReportOptions, random: Random): Generator<string> {
	const quoted = options.quoted ?? true;
	const advertisers = makeAdvertisers(random, quoted);
	const expectedRows = options.rows ?? (options.bytes ?? 0) / 109;
	/** Mean distance between two orders that spreads the report over a year. */
	const step = (365 * day) / Math.max(1, expectedRows / 1.7);
	/** Corrections begin once this many lines could be returned, and then follow the sales. */
	const waiting = Math.min(500, expectedRows / 100);
	const returnable: Array<{ left: string; cents: number; items: number; rate: number }> = [];
	let processed = firstDay;
	for (;;) {
		processed += step * 2 * random();
		const advertiser = pick(random, advertisers);
		const ordered = processed - 2 * minute - upTo(random, 90) * minute;
		const head = [subId(random), advertiser.mid, advertiser.name, advertiser.orderId(random)];
		const when = [date(ordered), timeOfDay(ordered)];
		const done = [date(processed), timeOfDay(processed)].join(',');
		const lines = random() < 0.75 ? 1 : 2 + upTo(random, 4);
		for (let line = 0; line < lines; line += 1) {
			const items = random() < 0.8 ? 1 : 2 + upTo(random, 4);
			const price = Math.round(advertiser.price * (0.2 + 1.6 * random() ** 2));
			const cents = price * items * (random() < 0.02 ? 10 : 1);
			const left = [...head, ...when, sku(random, quoted)].map(field).join(',');
			const commission = Math.round((cents * advertiser.rate) / 100);
			yield `${left},${field(amount(cents, quoted))},${items},${field(amount(commission, quoted))},${done}\r\n`;
			if (random() < 0.06) returnable.push({ left, cents, items, rate: advertiser.rate });
		}
		if (returnable.length > waiting) {
			const [sold] = returnable.splice(upTo(random, returnable.length), 1);
			const back = -Math.round((sold.cents * sold.rate) / 100);
			yield `${sold.left},${field(amount(-sold.cents, quoted))},${-sold.items},${field(amount(back, quoted))},${done}\r\n`;
		}
	}
}

/** The report in chunks; holds one chunk at a time, so 200 MB can be served from it. */
export function* signatureOrdersReport(options: ReportOptions): Generator<Buffer> {
	const { rows = Infinity, bytes = Infinity, chunkBytes = 65_536, seed = 1 } = options;
	if (rows === Infinity && bytes === Infinity) throw new Error('Give rows or bytes');
	const source = rowsOfReport(options, seededRandom(seed));
	let rest = Buffer.from(`\uFEFF${signatureOrdersHeader.join(',')}\r\n`);
	let written = rest.length;
	for (let row = 0; row < rows && written < bytes;) {
		let text = '';
		let textBytes = 0;
		while (textBytes < chunkBytes && row < rows && written < bytes) {
			const line = source.next().value as string;
			const lineBytes = Buffer.byteLength(line);
			text += line;
			textBytes += lineBytes;
			written += lineBytes;
			row += 1;
		}
		rest = Buffer.concat([rest, Buffer.from(text)]);
		let from = 0;
		for (; rest.length - from >= chunkBytes; from += chunkBytes) {
			yield rest.subarray(from, from + chunkBytes);
		}
		rest = rest.subarray(from);
	}
	if (rest.length > 0) yield rest;
}

/** The whole report in one Buffer. */
export function signatureOrdersBuffer(options: ReportOptions): Buffer {
	return Buffer.concat([...signatureOrdersReport({ chunkBytes: 1 << 20, ...options })]);
}
