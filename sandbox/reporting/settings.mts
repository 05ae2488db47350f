/** How the host words its answers where the facts leave it open, or have seen more than one way. */
export interface Settings {
	/** An empty selection: the header alone, with a row that says so (bare or padded), or only that row. */
	emptyAs: 'header' | 'noResultsRow' | 'noResultsPadded' | 'noResultsOnly';
	/** A last row with sums: none, one that begins with `Total`, or one with an empty first cell. */
	totalRow: 'none' | 'total' | 'blank';
	/** Amounts and counts of 1,000 and more with a thousands comma, and so in quotes. */
	thousands: boolean;
	/** A missing value: empty, the text `null`, or some of each. */
	missingAs: 'empty' | 'null' | 'mixed';
	/** What the Network column says: `United States`, `1`, or `1 - United States`. */
	networkStyle: 'name' | 'id' | 'idAndName';
	/** Years of dates: two digits or four. */
	yearDigits: 2 | 4;
	/** Order of the rows. */
	rowOrder: 'transaction' | 'process' | 'shuffled';
	/** Some product names with a line break in them. */
	lineBreaksInNames: boolean;
	bom: boolean;
	/** No Content-Length; the body comes in chunks. */
	chunked: boolean;
	/** Gzip, where the client accepts it; Content-Length is then that of the compressed bytes. */
	compress: boolean;
	/** A Retry-After header on the limiter's own 429. */
	retryAfterHeader: boolean;
	/** Above 0: `signature-orders-report` streams this many made-up rows instead of the account's. */
	syntheticRows: number;
	/** Quoted fields in the made-up rows. */
	syntheticQuotes: boolean;
}

/**
 * The values of each setting, the default first; a number or a boolean stands for any of its type.
 */
const VALUES: { [Name in keyof Settings]: [Settings[Name], ...Array<Settings[Name]>] } = {
	emptyAs: ['noResultsRow', 'header', 'noResultsPadded', 'noResultsOnly'],
	totalRow: ['none', 'total', 'blank'],
	thousands: [true, false],
	missingAs: ['mixed', 'empty', 'null'],
	networkStyle: ['name', 'id', 'idAndName'],
	yearDigits: [2, 4],
	rowOrder: ['transaction', 'process', 'shuffled'],
	lineBreaksInNames: [false, true],
	bom: [true, false],
	chunked: [false, true],
	compress: [false, true],
	retryAfterHeader: [true, false],
	syntheticRows: [0],
	syntheticQuotes: [true, false],
};

export function defaultSettings(): Settings {
	return Object.fromEntries(
		Object.entries(VALUES).map(([name, values]) => [name, values[0]]),
	) as unknown as Settings;
}

/** Checks a change of settings from outside; throws naming the first setting that is wrong. */
export function checkedSettings(change: unknown): Partial<Settings> {
	if (typeof change !== 'object' || change === null) throw new Error('settings are an object');
	for (const [name, value] of Object.entries(change)) {
		const values: readonly unknown[] | undefined = Object.hasOwn(VALUES, name)
			? VALUES[name as keyof Settings]
			: undefined;
		if (!values) {
			throw new Error(`no setting "${name}"; there are ${Object.keys(VALUES).join(', ')}`);
		}
		const fits =
			name === 'syntheticRows'
				? Number.isInteger(value) && Number(value) >= 0
				: values.includes(value);
		if (!fits) {
			const choice = name === 'syntheticRows' ? 'a whole number' : values.join(', ');
			throw new Error(`setting "${name}" takes ${choice}`);
		}
	}
	return change as Partial<Settings>;
}
