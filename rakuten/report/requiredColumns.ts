import { knownColumn, plainHeader } from './columns';

/** A set of columns that a report must have for a certain use. */
interface ColumnPreset {
	readonly value: 'earnings' | 'quanti' | 'mediarails';
	readonly name: string;
	readonly description: string;
	/** Headers as the dashboard's column list writes them. */
	readonly columns: readonly string[];
}

export const columnPresets: readonly ColumnPreset[] = [
	{
		value: 'earnings',
		name: 'Earnings (Recommended)',
		description: 'Everything needed to store each order line once, with its corrections',
		columns: [
			'Transaction ID',
			'Order ID',
			'MID',
			'SKU',
			'Product Name',
			'Member ID (U1)',
			'Currency',
			'Transaction Date',
			'Transaction Time',
			'Process Date',
			'Process Time',
			'Sales',
			'# of Items',
			'Total Commission',
		],
	},
	{
		value: 'mediarails',
		name: 'Mediarails',
		description: 'The six columns of the report mr-publisher-report',
		columns: [
			'# of Clicks',
			'# of Impressions',
			'Publisher Group Name',
			'Publisher ID',
			'Publisher Name',
			'Publisher URL',
		],
	},
	{
		value: 'quanti',
		name: 'QUANTI',
		description: 'The twenty columns of the QUANTI connector, in its own spellings',
		columns: [
			'Transaction Date',
			'# of impressions',
			'# of Clicks',
			'# of orders',
			'Gross Commissions',
			'Total Commissions',
			'Sales',
			'Order ID',
			'Sub-Publihser ID',
			'Sub-Publisher Name',
			'Sub-Publisher URL',
			'Publisher Group ID',
			'Publisher Group Name',
			'Publisher ID',
			'Publisher Name',
			'Publisher URL',
			'Offer ID',
			'Offer Name',
			'Link Id',
			'Link Name',
		],
	},
];

interface ColumnCheck {
	/** Required columns that the report lacks, as the requirement spells them. */
	missing: string[];
	/** Required columns that the report has under another spelling. */
	renamed: Array<{ required: string; found: string }>;
	/** Columns of the report that nothing requires. */
	extra: string[];
}

/** Splits a list typed by a user: one column a line, or separated by commas or semicolons. */
export function readColumnList(text: string): string[] {
	return text
		.split(/[\n,;]/)
		.map((name) => name.trim())
		.filter((name) => name !== '');
}

/** Compares a report's header with the required columns: order-free and tolerant of spelling. */
export function checkColumns(header: readonly string[], required: readonly string[]): ColumnCheck {
	const foundBySense = new Map(header.map((text) => [sense(text), text.replace(/^\uFEFF/, '')]));
	const requiredSenses = new Set(required.map(sense));
	const missing: string[] = [];
	const renamed: ColumnCheck['renamed'] = [];
	for (const column of required) {
		const found = foundBySense.get(sense(column));
		if (found === undefined) missing.push(column);
		else if (found !== column) renamed.push({ required: column, found });
	}
	const extra = header.filter((text) => !requiredSenses.has(sense(text)));
	return { missing, renamed, extra };
}

/** What a header means: its known column, or itself without case and punctuation. */
const sense = (header: string) => knownColumn(header)?.name ?? plainHeader(header);

/** The steps that add columns to a saved report, for the end of a message. */
export const howToAddColumns = (columns: readonly string[]) =>
	`In the dashboard open Reports > Reporting, open the report, choose Add and Remove Columns, add ${columns.map((name) => `"${name}"`).join(', ')}, save it, and copy its Get API URL again if its name changed.`;
