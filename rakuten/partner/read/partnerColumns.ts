/**
 * The columns of publishers: what Rakuten's exports call them and what Mediarails' import does.
 * From Mediarails' help page on importing LinkShare partners, which names the columns but shows
 * whole headers in pictures only: the exports may have others, in any order.
 */

/** What is known of a publisher and goes into the import. */
export type PartnerField =
	'siteId' | 'name' | 'urls' | 'email' | 'joinDate' | 'group' | 'categories';

/** What a publisher's row in Mediarails has besides. */
export type RowField = PartnerField | 'network' | 'brand';

/** The columns of Mediarails' import, in the order in which they are written. */
export const mediarailsColumns: ReadonlyArray<{ field: RowField; name: string }> = [
	{ field: 'siteId', name: 'Network Publisher ID' },
	{ field: 'name', name: 'Name' },
	{ field: 'urls', name: 'Media Property URLs' },
	{ field: 'email', name: 'Primary Contact Email' },
	{ field: 'joinDate', name: 'Network Date Accepted' },
	{ field: 'group', name: 'Publisher Group' },
	{ field: 'categories', name: 'Categories' },
	{ field: 'network', name: 'Network' },
	{ field: 'brand', name: 'Brand' },
];

/** Where in Mediarails the file goes. */
export const uploadPlace = 'Partners by Brand > Tools > Import CSV > Upload';

/** A header without case, blanks, punctuation, byte order mark and plural endings. */
export function plainName(header: string): string {
	return header
		.normalize('NFKC')
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.map((word) => (word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word))
		.join('');
}
