/**
 * The CSV reader against udsv, papaparse and csv-parse/sync: the same generated signature-orders
 * report in a Buffer, one object per row with string values by header. Up to 100 MB all rows are
 * kept; above that they go batch by batch to a consumer that drops them, in each library by its own
 * way of doing that. JSON.parse of the same objects shows what V8 itself needs to make them.
 *
 * node bench/csvReader.mts [--json] [--sizes 20,200] [--rounds 7]
 */
import { createRequire } from 'node:module';
import { StringDecoder } from 'node:string_decoder';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { inferSchema, initParser } from 'udsv';
import type { Parser } from 'udsv';
import { csvObjectReader } from './csvObjectReader.mts';
import type { CsvParts } from './csvObjectReader.mts';
import { importSource } from './importSource.mts';
import { printJson, printTable, rounded, timeInTurn } from './measure.mts';
import type { Figure, Timing } from './measure.mts';
import { signatureOrdersBuffer } from './signatureOrdersReport.mts';

type Row = Record<string, string>;

interface Library {
	name: string;
	/** All rows in one array. */
	readAll: (report: Buffer) => Row[];
	/** One row after another, none kept by the library. */
	readEach: (report: Buffer, onRow: (row: Row) => void) => void;
}

export interface CsvBenchOptions {
	json?: boolean;
	/** Sizes of the report in MB (10^6 bytes). */
	sizes?: number[];
	rounds?: number;
}

const keptUpTo = 100;
const batchRows = 1000;

const papa = createRequire(import.meta.url)('papaparse') as {
	parse(text: string, options: object): { data: Row[] };
};
const parts: CsvParts = {
	...(await importSource<typeof import('../rakuten/csv/CsvScanner.ts')>('csv/CsvScanner')),
	...(await importSource<typeof import('../rakuten/csv/headerKeys.ts')>('csv/headerKeys')),
	...(await importSource<typeof import('../rakuten/csv/rowMaker.ts')>('csv/rowMaker')),
};

const unexpected = () => {
	throw new Error('The report has a row of another length');
};

const ours: Library = {
	name: 'rakuten/csv',
	readAll(report) {
		const rows: Row[] = [];
		ours.readEach(report, (row) => rows.push(row));
		return rows;
	},
	readEach(report, onRow) {
		const reader = csvObjectReader(parts, onRow, unexpected);
		reader.write(report);
		reader.end();
	},
};

/**
 * udsv with its interface for streams, in pieces of 64 KiB: measured here as faster than giving it
 * the whole text at once or in larger pieces.
 */
function inPieces(report: Buffer, onRow?: (row: Row) => void): Row[] {
	const decoder = new StringDecoder('utf8');
	let parser: Parser | undefined;
	for (let at = 0; at < report.length; at += 65_536) {
		const piece = decoder.write(report.subarray(at, at + 65_536));
		parser ??= initParser(inferSchema(piece));
		if (onRow) parser.chunk(piece, parser.stringObjs<Row>, onRow);
		else parser.chunk(piece, parser.stringObjs<Row>);
	}
	return parser?.end<Row>() ?? [];
}

const libraries: Library[] = [
	ours,
	{
		name: 'udsv',
		readAll: (report) => inPieces(report),
		readEach(report, onRow) {
			inPieces(report, onRow);
		},
	},
	{
		name: 'papaparse',
		readAll: (report) =>
			papa.parse(report.toString('utf8'), { header: true, skipEmptyLines: true }).data,
		readEach(report, onRow) {
			const step = ({ data }: { data: Row }) => onRow(data);
			papa.parse(report.toString('utf8'), { header: true, skipEmptyLines: true, step });
		},
	},
	{
		name: 'csv-parse/sync',
		readAll: (report) => parse(report, { columns: true, bom: true }),
		readEach(report, onRow) {
			const drop = (row: Row) => {
				onRow(row);
				return null;
			};
			parse(report, { columns: true, bom: true, on_record: drop });
		},
	},
];

/** JSON.parse of the same objects, in arrays of as many rows as a string can hold. */
function jsonParse(report: Buffer, rowsEach: number): Library {
	const texts: Buffer[] = [];
	let rows: Row[] = [];
	const close = () => {
		if (rows.length > 0) texts.push(Buffer.from(JSON.stringify(rows)));
		rows = [];
	};
	ours.readEach(report, (row) => {
		rows.push(row);
		if (rows.length === rowsEach) close();
	});
	close();
	return {
		name: 'JSON.parse',
		readAll: () => JSON.parse(texts[0].toString('utf8')) as Row[],
		readEach(_report, onRow) {
			for (const text of texts) {
				for (const row of JSON.parse(text.toString('utf8')) as Row[]) onRow(row);
			}
		},
	};
}

/** Looks at one value of each row, a batch at a time; what it returns shows that all were there. */
function consume(library: Library, report: Buffer): string {
	let batch: Row[] = [];
	let rows = 0;
	let salesCharacters = 0;
	const take = () => {
		for (const row of batch) salesCharacters += row.Sales.length;
		rows += batch.length;
		batch = [];
	};
	library.readEach(report, (row) => {
		batch.push(row);
		if (batch.length === batchRows) take();
	});
	take();
	return `${rows} rows, ${salesCharacters} characters of sales`;
}

/** Required for any figure: every library reads the same values in the same rows. */
function checkSameRows(contenders: Library[], report: Buffer, kept: boolean): void {
	const outcome = (library: Library) =>
		kept ? JSON.stringify(library.readAll(report)) : consume(library, report);
	const expected = outcome(contenders[0]);
	for (const library of contenders) {
		if (outcome(library) !== expected) {
			throw new Error(`${library.name} reads other rows than ${contenders[0].name}`);
		}
	}
}

async function measure(megabytes: number, quoted: boolean, rounds: number): Promise<Timing[]> {
	const report = signatureOrdersBuffer({ bytes: megabytes * 1e6, quoted });
	const kept = megabytes <= keptUpTo;
	const contenders = [...libraries, jsonParse(report, kept ? Infinity : batchRows)];
	checkSameRows(contenders, report, kept);
	return await timeInTurn(
		contenders.map((library) => ({
			name: library.name,
			run: () => (kept ? library.readAll(report) : consume(library, report)),
		})),
		rounds,
	);
}

export async function run(options: CsvBenchOptions = {}): Promise<Figure[]> {
	const { json = false, sizes = [20, 200], rounds = 7 } = options;
	const figures: Figure[] = [];
	for (const megabytes of sizes) {
		for (const quoted of [true, false]) {
			const timings = await measure(megabytes, quoted, rounds);
			const reference = timings.find(({ name }) => name === 'udsv')!;
			const measured = timings.map(({ name, median, fastest, slowest }) => ({
				bench: 'csvReader',
				name,
				value: rounded(megabytes / (median / 1000), 1),
				unit: 'MB/s',
				megabytes,
				form: quoted ? 'quoted' : 'unquoted',
				rows: megabytes <= keptUpTo ? 'kept' : 'dropped',
				medianMs: Math.round(median),
				fastestMs: Math.round(fastest),
				slowestMs: Math.round(slowest),
				timesUdsv: rounded(reference.median / median, 2),
			}));
			figures.push(...measured);
			if (json) {
				printJson(measured);
			} else {
				const [{ form, rows }] = measured;
				process.stdout.write(`\n${megabytes} MB, ${form}, rows ${rows}, median of ${rounds}\n`);
				printTable(
					measured.map((figure) => ({
						reader: figure.name,
						'MB/s': figure.value,
						'median ms': figure.medianMs,
						'fastest ms': figure.fastestMs,
						'slowest ms': figure.slowestMs,
						'× udsv': figure.timesUdsv,
					})),
				);
			}
		}
	}
	return figures;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	const { values } = parseArgs({
		options: {
			json: { type: 'boolean', default: false },
			sizes: { type: 'string', default: '20,200' },
			rounds: { type: 'string', default: '7' },
		},
	});
	await run({
		json: values.json,
		sizes: values.sizes.split(',').map(Number),
		rounds: Number(values.rounds),
	});
}
