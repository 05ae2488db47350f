import { ReportDecoder } from '../../../rakuten/report/ReportDecoder';
import { thrownBy } from '../thrownBy.mts';
import { csv, decode, plainSettings } from './decoding.mts';

const header = 'Transaction ID,MID,Sales';

describe('an answer that is not a report', () => {
	it.each([
		['tabs', '\t'],
		['semicolons', ';'],
		['pipes', '|'],
	])('has its separator named: %s', (name, separator) => {
		for (const quote of ['', '"']) {
			const line = header
				.split(',')
				.map((each) => `${quote}${each}${quote}`)
				.join(separator);
			const found = decode(csv(line, ['T1', '7', '5.00'].join(separator)));
			expect(found.separator).toBe(name);
			expect(found).toMatchObject({ read: 0, kept: 0, rejected: 0, columns: [] });
		}
	});

	it('has its separator named where a name has a comma', () => {
		expect(decode(csv('Transaction ID\tName, long\tSales')).separator).toBe('tabs');
	});

	it('has no separator where splitting it makes no columns known', () => {
		expect(decode(csv('a\tb', 'c\td')).separator).toBeUndefined();
		expect(decode(csv('Sales')).separator).toBeUndefined();
	});

	it('is quoted whole if it is words, and by its first line if it is a table', () => {
		expect(decode(csv('Please try', 'again later')).words).toBe('Please try again later');
		expect(decode(csv('Sorry, not now', 'x,y')).words).toBe('Sorry, not now x,y');
		expect(decode(csv('', 'Name,Card,Code', 'Jane,4111,9')).words).toBe('Name,Card,Code');
		expect(decode(csv(header)).words).toBeUndefined();
	});

	it('is incomplete without a header, unless it says that it is empty', () => {
		expect(decode('').incomplete).toBe('noHeader');
		expect(decode('\r\n\r\n').incomplete).toBe('noHeader');
		expect(decode(csv('No Results Found')).incomplete).toBeUndefined();
		expect(decode(csv('words')).incomplete).toBeUndefined();
	});
});

describe('the end of an answer', () => {
	const end = (text: string, isWhole?: boolean) => {
		const decoder = new ReportDecoder(plainSettings);
		decoder.write(Buffer.from(text));
		return { ...decoder.end(isWhole), rows: decoder.take().rows.length };
	};

	it('counts by its last line end where nothing else says that it is whole', () => {
		const text = `${header}\r\nT1,7,5.00`;
		expect(end(text)).toMatchObject({ incomplete: 'noLastLineEnd', kept: 0, rows: 0 });
		expect(end(text, false).incomplete).toBe('noLastLineEnd');
		expect(end(text, true)).toMatchObject({ incomplete: undefined, kept: 1, rows: 1 });
		expect(end(header, true)).toMatchObject({ incomplete: undefined, kept: 0 });
		expect(end(header)).toMatchObject({ incomplete: 'noHeader' });
		expect(end('No Results Found', true).incomplete).toBeUndefined();
	});

	it('is never within quotes', () => {
		const text = `${header}\r\nT1,7,"5.00`;
		expect(end(text, true)).toMatchObject({ incomplete: 'openQuote', kept: 0 });
		expect(end(text)).toMatchObject({ incomplete: 'openQuote' });
	});
});

describe('the header of an answer', () => {
	it('has 64 KiB at most', () => {
		const most = 64 * 1024;
		const ofLength = (length: number) =>
			csv(`Sales,${'x'.repeat(length - 'Sales,'.length - 1)}`, '1,2');
		expect(decode(ofLength(most), {}, 100_000).columns).toHaveLength(2);
		expect(thrownBy(() => decode(ofLength(most + 1), {}, 100_000))).toMatchObject({
			problemName: 'headerTooLong',
			message: 'The header of the report is longer than 64 KiB',
			description:
				'No report has that many columns. Check the Base URL in the credential, and compare with the report in the dashboard.',
		});
	});

	it('is looked for in twelve lines at most', () => {
		const titles = (count: number) => Array.from({ length: count }, (_, index) => `Title ${index}`);
		const found = decode(csv(...titles(9), '', header, 'T1,7,5.00'));
		expect(found).toMatchObject({ kept: 1, totalRows: 9 });
		expect(decode(csv(...titles(10), '', header, 'T1,7,5.00')).words).toContain('Title 0');
		expect(decode(csv(...titles(12), '', header, 'T1,7,5.00')).words).toContain('Title 0');
	});

	it('names rows, or is that of a summary', () => {
		// Figures alone, even as wide as the report, are a summary where a header comes after them.
		const figures = 'Sales,Total Commission,Currency';
		const text = csv(
			figures,
			'5.00,1.00,USD',
			'',
			'Transaction ID,MID,Sales,Currency',
			'T1,7,5.00,USD',
		);
		expect(decode(text)).toMatchObject({ kept: 1, totalRows: 1 });
		// And the report itself where none does.
		expect(decode(csv(figures, '5.00,1.00,USD', '6.00,1.00,USD')).kept).toBe(2);
	});
});

describe('a rejected row', () => {
	it('shows each value under its header, surplus ones by number, and long ones in part', () => {
		const { rejectedRows, read, kept, rejected } = decode(
			csv(header, `T1,7,five,${'x'.repeat(2001)},last`),
			{},
			100_000,
		);
		expect([read, kept, rejected]).toEqual([1, 0, 1]);
		expect(rejectedRows).toEqual([
			{
				line: 2,
				reason: 'This row has 5 values where the header has 3 columns',
				values: {
					'Transaction ID': 'T1',
					MID: '7',
					Sales: 'five',
					'extra 1': 'x'.repeat(2000),
					'extra 2': 'last',
				},
			},
		]);
	});

	it('may have fewer values', () => {
		expect(decode(csv(header, 'T1,7')).rejectedRows).toMatchObject([
			{
				reason: 'This row has 2 values where the header has 3 columns',
				values: { 'Transaction ID': 'T1', MID: '7' },
			},
		]);
	});
});

describe('a decoder', () => {
	it('hands each row on once, as it comes', () => {
		const decoder = new ReportDecoder(plainSettings);
		expect(decoder.columns).toEqual([]);
		decoder.write(Buffer.from(csv(header, 'T1,7,5.00', 'T2,7,x')));
		expect(decoder.columns.map(({ name }) => name)).toEqual([
			'transactionId',
			'advertiserId',
			'saleAmount',
		]);
		expect(decoder.take().rows.map(({ json }) => json.lineId)).toEqual(['T1']);
		const { incomplete } = decoder.end();
		expect(incomplete).toBeUndefined();
		const { rows, rejected } = decoder.take();
		expect(rows).toEqual([]);
		expect(rejected).toMatchObject([
			{ line: 3, reason: 'Unrecognized number "x" in column "Sales"' },
		]);
		expect(decoder.take()).toEqual({ rows: [], rejected: [] });
	});
});

describe('further headers', () => {
	it('of the same width or less do not replace the first, whose rows are the report', () => {
		const first = csv('MID,Something', '45,x', '', 'Transaction ID,Sales', 'T1,5.00');
		const found = decode(first);
		expect(found.columns.map(({ name }) => name)).toEqual(['advertiserId', 'something']);
		expect(found).toMatchObject({ kept: 1, rejected: 2 });
		expect(found.rejectedRows).toMatchObject([
			{ line: 4 },
			{ line: 5, reason: 'This row comes after a blank line and another header' },
		]);
		const narrow = decode(
			csv('MID,Something,Other', '45,x,y', '', 'Transaction ID,Sales', 'T1,5.00'),
		);
		expect(narrow.columns).toHaveLength(2);
		const wide = decode(csv('MID,Something', '45,x', '', 'Transaction ID,SKU,Sales', 'T1,S,5.00'));
		expect(wide.columns).toHaveLength(3);
		expect(wide.rejectedRows).toMatchObject([{ line: 2 }]);
	});

	it('of figures are the report where both are', () => {
		const found = decode(csv('Sales,Currency', '5.00,USD', '', 'Gross Sales,Currency', '6.00,USD'));
		expect(found.columns.map(({ name }) => name)).toEqual(['saleAmount', 'currency']);
		expect(found).toMatchObject({ kept: 1, rejected: 2 });
	});

	it('are not values that have the name of a column', () => {
		const alone = decode(csv(header, 'T1,7,5.00', '', 'Sales', 'T2,7,5.00'));
		expect(alone.rows.map(({ lineId }) => lineId)).toEqual(['T1', 'T2']);
		expect(alone.rejectedRows).toMatchObject([{ line: 4 }]);
		const one = decode(
			csv('Advertiser Name', 'Acme', 'Advertiser Name', '', 'advertiser name', 'Bolt'),
		);
		expect(one.rows.map(({ advertiserName }) => advertiserName)).toEqual([
			'Acme',
			'Advertiser Name',
			'Bolt',
		]);
		const wider = decode(csv(header, '', `${header},SKU`, 'T1,7,5.00'));
		expect(wider).toMatchObject({ kept: 0, rejected: 2 });
	});

	it('before the report may have unknown names, counts and rates', () => {
		for (const summary of [
			['Something,Sales', 'x,5.00'],
			['# of Clicks,Click Through Rate (CTR)', '7,1%'],
			['Currency,Network,# of Orders', 'USD,,7'],
			['Currency,Network,Sales,# of Orders', 'USD,,5.00,7'],
		]) {
			const found = decode(csv(...summary, '', header, 'T1,7,5.00'));
			expect(found).toMatchObject({ kept: 1, rejected: 0, totalRows: 1 });
		}
	});
});

describe('the sentence that there are no rows', () => {
	it('is not a text of its own', () => {
		for (const text of ['No Results Found', ' no results found. ', 'No Results Found,,']) {
			expect(decode(csv(text))).toMatchObject({ words: undefined, read: 0, incomplete: undefined });
			expect(decode(csv(header, text))).toMatchObject({ read: 0, rejected: 0 });
		}
	});

	it.each([
		'x,No Results Found,',
		'No Results Found,x,',
		'Sorry: no results found,,',
		'No results found today,,',
	])('is not taken for granted in %j', (row) => {
		expect(decode(csv(header, row))).toMatchObject({ read: 1 });
	});
});

describe('a row without an end', () => {
	it('is refused at a megabyte', () => {
		const text = `${header}\r\n"${'x'.repeat(1024 * 1024)}`;
		expect(thrownBy(() => decode(text, {}, 100_000)).problemName).toBe('recordTooLong');
		const fits = `${header}\r\nT1,7,"${'5'.repeat(1000)}"\r\n`;
		expect(decode(fits, {}, 100_000)).toMatchObject({ read: 1 });
	});
});
