/**
 * The findings that a publisher's row can have. Mediarails publishes neither which columns it needs
 * nor why it refuses a row, so all but the first three are warnings unless the user says otherwise.
 */
export const findingKinds = [
	{
		value: 'noSiteId',
		name: 'No Usable Site ID',
		description: 'Empty, not a number, or shortened by a spreadsheet to something like 1.23E+06',
	},
	{
		value: 'sameSiteId',
		name: 'Same Site ID With Different Content',
		description: 'All rows with that Site ID, because only a person can say which one is right',
	},
	{
		value: 'shiftedCells',
		name: 'Values in the Wrong Columns',
		description:
			'More values than columns, and an e-mail, URL or date that is not valid: a comma or quote in a name has moved what follows',
	},
	{
		value: 'cellCount',
		name: 'More or Fewer Cells Than Columns',
		description: 'Often a comma or quote in a name that was not quoted: values may be out of place',
	},
	{
		value: 'strayQuote',
		name: 'Quotation Mark Not Doubled',
		description: 'A quotation mark inside a quoted value, such as "Acme "Best" Deals", gets lost',
	},
	{
		value: 'badEmail',
		name: 'Invalid E-Mail',
		description: 'Empty is normal, as publishers may opt out; something like "n/a" is not',
	},
	{
		value: 'exportsDiffer',
		name: 'Exports Differ',
		description: 'The name, URL or join date of a publisher differs between the two exports',
	},
	{
		value: 'noBrand',
		name: 'No Brand',
		description: "The row's own Brand is empty, and so is the field 'Brand'",
	},
	{ value: 'noName', name: 'No Name', description: 'The publisher has no name' },
	{ value: 'noUrl', name: 'No URL', description: 'The publisher has no URL' },
	{
		value: 'tooLong',
		name: 'Text Too Long',
		description: 'Longer than such a value ever is; nothing is cut off',
	},
	{
		value: 'repeatedRow',
		name: 'Repeated Row',
		description: 'Equal to an earlier row in all that is written; it is written once',
	},
	{
		value: 'siteIdRewritten',
		name: 'Site ID Rewritten by a Spreadsheet',
		description: 'Such as 3,771,737 or 03771737; its digits are all there and are used',
	},
	{
		value: 'unlikelyDate',
		name: 'Unlikely Join Date',
		description: 'Before 1996, when the network began, or in the future',
	},
	{
		value: 'lostCharacters',
		name: 'Unreadable Characters',
		description: 'Characters that were lost earlier, or that are not text',
	},
	{
		value: 'hiddenCharacters',
		name: 'Invisible Characters',
		description: 'Around a name, e-mail or URL, such as a zero-width space; they are removed',
	},
	{
		value: 'placeholder',
		name: 'Placeholder Instead of a Value',
		description: 'Such as NULL, #N/A or #REF!, which databases and spreadsheets write',
	},
	{
		value: 'htmlEntities',
		name: 'HTML Entities',
		description: 'Such as &amp; or &#39; where a web page would show & or an apostrophe',
	},
	{
		value: 'dottedDate',
		name: 'Dotted Date With the Month First',
		description:
			'Read like the other dates of the file; dots usually mean that the day comes first',
	},
	{
		value: 'unreadableDate',
		name: 'Unreadable Join Date',
		description: 'Not a date in the format of the file; it is written as it is',
	},
	{
		value: 'badUrl',
		name: 'Invalid URL',
		description: 'Bare domains and several URLs in a cell are normal; something like "n/a" is not',
	},
] as const;

export type FindingKind = (typeof findingKinds)[number]['value'];

/** What was noticed about one row, in words for the person who has to correct it. */
export interface Finding {
	readonly kind: FindingKind;
	readonly text: string;
}

/** Rows with one of these are rejected unless the user chooses otherwise. */
export const rejectedByDefault: readonly FindingKind[] = ['noSiteId', 'sameSiteId', 'shiftedCells'];

const nameByKind = new Map<string, string>(findingKinds.map(({ value, name }) => [value, name]));

/** The name of a kind, as the node's options show it. */
export const findingName = (kind: FindingKind): string => nameByKind.get(kind) ?? kind;
