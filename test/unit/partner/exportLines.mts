/** Rows as the dashboard exports them, for tests: give what matters, the rest is plain. */
export interface OverviewRow {
	id?: string;
	name?: string;
	url?: string;
	email?: string;
	joined?: string;
}

export interface MyPublishersRow extends Omit<OverviewRow, 'email'> {
	group?: string;
	categories?: string;
}

export const overviewHeader = ['Site ID', 'Publisher Name', 'URL', 'Email', 'Join Date'];
export const myPublishersHeader = [
	'Site ID',
	'Publisher Name',
	'URL',
	'Group',
	'Join Date',
	'Publisher Categories',
];

const plain = { name: 'Amber Reviews', url: 'amber.example', joined: '2/22/2019' };

/** A file as text; every cell is quoted. */
export const csvText = (...rows: ReadonlyArray<readonly string[]>): string =>
	rows
		.map((row) => `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`)
		.join('');

/** A Publisher Overview; its rows begin in line 2. */
export const overviewOf = (...rows: OverviewRow[]): string =>
	csvText(
		overviewHeader,
		...rows.map((row) => {
			const { id = '', name, url, email = '', joined } = { ...plain, ...row };
			return [id, name, url, email, joined];
		}),
	);

/** A My Publishers export; its rows begin in line 2. */
export const myPublishersOf = (...rows: MyPublishersRow[]): string =>
	csvText(
		myPublishersHeader,
		...rows.map((row) => {
			const {
				id = '',
				name,
				url,
				group = 'VIP',
				joined,
				categories = 'Travel',
			} = {
				...plain,
				...row,
			};
			return [id, name, url, group, joined, categories];
		}),
	);
