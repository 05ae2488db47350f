import type { PartnerField, RowField } from './partnerColumns';

/** A column that a file with publishers has, with the spellings it is known by beside its own. */
export interface SourceColumn {
	readonly field: RowField;
	readonly header: string;
	readonly aliases: readonly string[];
	/** A file without it is not of this layout. */
	readonly required: boolean;
}

export type LayoutKind = 'publisherOverview' | 'myPublishers' | 'activePartners' | 'mediarails';

/** A kind of file that holds publishers. */
export interface SourceLayout {
	readonly kind: LayoutKind;
	/** As a user knows it. */
	readonly name: string;
	readonly columns: readonly SourceColumn[];
}

const column = (
	field: RowField,
	header: string,
	aliases: readonly string[] = [],
	required = true,
): SourceColumn => ({ field, header, aliases, required });

const optional = (field: RowField, header: string, aliases: readonly string[] = []) =>
	column(field, header, aliases, false);

const siteId = column('siteId', 'Site ID', ['SID', 'Publisher SID']);
const publisherName = column('name', 'Publisher Name', ['Publisher']);
const url = column('urls', 'URL', ['Publisher URL', 'Site URL', 'Website', 'Website URL']);
const email = column('email', 'Email', [
	'Email Address',
	'E-Mail',
	'E-Mail Address',
	'Publisher Email',
]);
const joinDate = column('joinDate', 'Join Date', ['Date Joined', 'Joined Date']);
const group = column('group', 'Group', ['Publisher Group', 'Group Name', 'Publisher Group Name']);
const categories = column('categories', 'Publisher Categories', [
	'Publisher Category',
	'Categories',
]);

/** The exports of the dashboard: Publishers > Publisher Overview, and Publishers > My Publishers. */
export const exportLayouts: readonly SourceLayout[] = [
	{
		kind: 'publisherOverview',
		name: 'Publisher Overview',
		columns: [
			siteId,
			publisherName,
			url,
			email,
			joinDate,
			{ ...group, required: false },
			{ ...categories, required: false },
		],
	},
	{
		kind: 'myPublishers',
		name: 'My Publishers',
		columns: [siteId, publisherName, url, group, joinDate, categories],
	},
];

/**
 * Looked for in this order. The import itself comes first, as a file that comes back from it; its
 * columns may be few. `mr-publisher-report` is the saved report that Mediarails' own connection
 * reads: its Publisher ID is the exports' Site ID.
 */
export const sourceLayouts: readonly SourceLayout[] = [
	{
		kind: 'mediarails',
		name: 'Mediarails file',
		columns: [
			column('siteId', 'Network Publisher ID'),
			optional('name', 'Name'),
			optional('urls', 'Media Property URLs'),
			optional('email', 'Primary Contact Email'),
			optional('joinDate', 'Network Date Accepted'),
			optional('group', 'Publisher Group'),
			optional('categories', 'Categories'),
			optional('network', 'Network'),
			optional('brand', 'Brand'),
		],
	},
	...exportLayouts,
	{
		kind: 'activePartners',
		name: 'mr-publisher-report',
		columns: [
			column('siteId', 'Publisher ID'),
			column('name', 'Publisher Name'),
			column('urls', 'Publisher URL'),
			column('group', 'Publisher Group Name'),
		],
	},
];

/** What the columns of an export are called, for those that are found under other names. */
export const sourceColumnNames: ReadonlyArray<{ field: PartnerField; name: string }> = [
	{ field: 'siteId', name: siteId.header },
	{ field: 'name', name: publisherName.header },
	{ field: 'urls', name: url.header },
	{ field: 'email', name: email.header },
	{ field: 'joinDate', name: joinDate.header },
	{ field: 'group', name: group.header },
	{ field: 'categories', name: categories.header },
];
