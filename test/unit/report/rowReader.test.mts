import { thrownBy } from '../thrownBy.mts';
import { csv, decode } from './decoding.mts';

const header = 'Transaction ID,MID,Transaction Date,Transaction Time,Sales,# of Items';

const reasonOf = (row: string) => decode(csv(header, row)).rejectedRows[0]?.reason;

describe('a row that can not be read', () => {
	it('says which number, and shows sixty characters of a long one', () => {
		expect(reasonOf('T1,7,3/1/26,06:00:00,five,1')).toBe(
			'Unrecognized number "five" in column "Sales"',
		);
		expect(reasonOf('T1,7,3/1/26,06:00:00,5.00,many')).toBe(
			'Unrecognized number "many" in column "# of Items"',
		);
		const sixty = 'x'.repeat(60);
		expect(reasonOf(`T1,7,3/1/26,06:00:00,${sixty},1`)).toContain(`"${sixty}"`);
		expect(reasonOf(`T1,7,3/1/26,06:00:00,${sixty}y,1`)).toContain(`"${sixty}…"`);
	});

	it('says which date, whether the day or its time is the reason', () => {
		const reason = (text: string) =>
			`Unrecognized date or time "${text}" in column "Transaction Date", together with its time column`;
		expect(reasonOf('T1,7,soon,06:00:00,5.00,1')).toBe(reason('soon'));
		expect(reasonOf('T1,7,3/1/26,later,5.00,1')).toBe(reason('3/1/26'));
	});

	it('fails the report if it proves that days come first', () => {
		const problem = thrownBy(() => decode(csv(header, 'T1,7,22/02/26,06:00:00,5.00,1')));
		expect(problem).toMatchObject({
			problemName: 'dayFirst',
			message:
				'The report has dates with the day first, such as "22/02/26" in the column "Transaction Date"',
			description:
				'The package requests the month first, and other dates of this report could be taken for the wrong day, so none of its rows is used. Set the date format of your Rakuten account to month/day/year, or ask Rakuten support why the parameter date_format=m/d/yy is ignored.',
		});
	});
});

describe('a value that is null because it can not be read', () => {
	it('is told with its column, shortened, and counted', () => {
		const long = 'y'.repeat(61);
		const { rows, unreadable } = decode(
			csv(
				'Transaction ID,Order Ship Date,Average Order Value,Sales',
				`T1,N/A,${long},5.00`,
				'T2,3/1/26,1.00,6.00',
			),
		);
		expect(unreadable).toBe(2);
		expect(rows[0].unreadable).toBe(
			`Order Ship Date: N/A; Average Order Value: ${'y'.repeat(60)}…`,
		);
		expect(rows[1].unreadable).toBeNull();
		expect(rows[1]).toMatchObject({ orderShipDate: '2026-03-01', averageOrderValue: '1.00' });
	});
});

describe('what a row was read as', () => {
	it('says whether it takes money back', () => {
		const { readRows } = decode(
			csv(
				'Transaction ID,Sales,Total Commission,Currency,Network',
				'T1,5.00,1.00,USD,United States',
				'T2,-5.00,-1.00,USD,United States',
			),
		);
		expect(readRows.map(({ isCorrection }) => isCorrection)).toEqual([false, true]);
		expect(readRows[1]).toMatchObject({
			saleAmount: '-5.00',
			commission: '-1.00',
			currency: 'USD',
			network: 'United States',
			unreadable: 0,
		});
	});

	it('is realigned with IDs that have blanks around them, and not with other texts', () => {
		const columns = 'Transaction ID,MID,Network ID,Site ID,Sales';
		const realigned = (row: string) => decode(csv(columns, row)).realigned;
		expect(realigned('T1, 7 ,1,,3771737,5.00')).toBe(1);
		expect(realigned('T1, 7 ,1,3771737,,5.00')).toBe(1);
		const named = 'Transaction ID,MID,Advertiser Name,Sales';
		expect(decode(csv(named, 'T1,, 7 ,Acme,5.00')).realigned).toBe(1);
		expect(decode(csv(named, 'T1,,a7,Acme,5.00'))).toMatchObject({ realigned: 0, rejected: 1 });
	});
});
