import { csvLine } from '../../../rakuten/csv/csvLine';
import type { ConversionSettings } from '../../../rakuten/partner/read/conversionSettings';
import { CsvSource } from '../../../rakuten/partner/read/CsvSource';
import type { ReadingSettings } from '../../../rakuten/partner/read/FileSurvey';
import { rejectedByDefault } from '../../../rakuten/partner/read/findings';
import { convertPartners } from '../../../rakuten/partner/write/convertPartners';
import type { PartnerConversion } from '../../../rakuten/partner/write/convertPartners';
import type { PartnerAccount } from '../../../rakuten/partner/judge/PartnerAccount';
import type { PartnerSource } from '../../../rakuten/partner/read/partnerSource';

export const reading: ReadingSettings = {
	encoding: 'detect',
	delimiter: 'detect',
	joinDates: 'detect',
	renamed: new Map(),
	needsDateFormat: true,
};

export const settings: ConversionSettings = {
	brand: 'Acme',
	network: 'LinkShare',
	rejects: new Set(rejectedByDefault),
	outputDates: 'iso',
	renamed: new Map(),
	fixedColumns: [],
	fileColumns: [],
	harmlessReady: false,
	harmlessRejected: true,
	// 2026-11-21
	today: 20_778,
	listedRows: 100,
};

export interface Converted {
	columns: string[];
	/** Rows of the import by column. */
	ready: Array<Record<string, string>>;
	/** Rejected rows of each source: header first. */
	rejected: ReadonlyArray<readonly string[][]>;
	/** The same as they came. */
	readyRows: string[][];
	account: PartnerAccount;
	joinedNames: PartnerConversion<unknown>['joinedNames'];
}

/** A file as text or bytes, with its name if it matters. */
export type Given = string | Uint8Array | { name: string; content: string | Uint8Array };

/** Surveys files as CSV sources; strings are taken as UTF-8, and given in pieces of 64 bytes. */
export async function survey(
	files: readonly Given[],
	how: Partial<ReadingSettings> = {},
): Promise<CsvSource[]> {
	const sources: CsvSource[] = [];
	for (const [index, file] of files.entries()) {
		const { name, content } =
			typeof file === 'string' || file instanceof Uint8Array
				? { name: `file ${index + 1}`, content: file }
				: file;
		const bytes = typeof content === 'string' ? Buffer.from(content) : content;
		const open = () => pieces(bytes);
		sources.push(await CsvSource.survey(name, open, { ...reading, ...how }));
	}
	return sources;
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += 64) yield bytes.subarray(at, at + 64);
}

/** Converts files as the node does, and gathers everything. */
export async function convert(
	files: readonly Given[],
	wanted: Partial<ConversionSettings & ReadingSettings> = {},
): Promise<Converted> {
	const { encoding, delimiter, joinDates, needsDateFormat, ...conversion } = wanted;
	const how = Object.fromEntries(
		Object.entries({ encoding, delimiter, joinDates, needsDateFormat }).filter(
			([, value]) => value !== undefined,
		),
	);
	return await convertSources(await survey(files, how), conversion);
}

export async function convertSources(
	sources: readonly PartnerSource[],
	wanted: Partial<ConversionSettings> = {},
): Promise<Converted> {
	const gathered = await convertPartners<string[][]>(
		sources,
		{ ...settings, ...wanted },
		{
			ready: async ({ columns, rows }) => await gather(columns, rows),
			rejected: async ({ columns, rows }) => await gather(columns, rows),
		},
	);
	const { account, rejected, joinedNames } = gathered;
	for (const [source, rows] of rejected.entries()) {
		expect(rows).toHaveLength(1 + account.rejectedIn(source));
	}
	const [columns, ...readyRows] = gathered.ready;
	const ready = readyRows.map((values) => {
		expect(values).toHaveLength(columns.length);
		return Object.fromEntries(columns.map((name, at) => [name, values[at]]));
	});
	expect(account.kept + account.rejected).toBe(account.read);
	expect(account.ready + account.joined + account.repeated).toBe(account.kept);
	expect(account.ready).toBe(ready.length);
	return { columns, ready, readyRows, rejected, account, joinedNames };
}

async function gather(
	columns: readonly string[],
	rows: (onRow: (values: readonly string[]) => void) => AsyncGenerator<void>,
): Promise<string[][]> {
	const gathered = [[...columns]];
	const steps = rows((values) => gathered.push([...values]));
	while (!(await steps.next()).done);
	return gathered;
}

/** A file of rejected rows as the node writes it. */
export const rejectedFile = (rows: ReadonlyArray<readonly string[]>): string =>
	`\uFEFF${rows.map((row) => csvLine(row)).join('')}`;

/** The warnings of the rows that were kept, by their line. */
export const warnings = ({ account }: Converted): Record<number, readonly string[]> =>
	Object.fromEntries(account.listed.map(({ line, Warnings }) => [line, Warnings]));

/** Why rows were rejected, by their line, in one source. */
export const reasons = ({ rejected }: Converted, source = 0): Record<number, string> => {
	const [header, ...rows] = rejected[source];
	const at = (name: string) => header.indexOf(name);
	return Object.fromEntries(
		rows.map((row) => [Number(row[at('Line Number')]), row[at('Failure Reason')]]),
	);
};
