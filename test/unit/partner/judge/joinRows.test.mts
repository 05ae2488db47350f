import { findDifferences, isFromOther, joinRows } from '../../../../rakuten/partner/judge/joinRows';
import type { RowField } from '../../../../rakuten/partner/read/partnerColumns';
import { slotFields } from '../../../../rakuten/partner/read/rowSlots';

const row = (
	values: Partial<Record<RowField, string>>,
	day: number | undefined = undefined,
	writtenDate = '',
) => ({ slots: slotFields.map((field) => values[field] ?? ''), day, writtenDate });

describe('two rows of one publisher', () => {
	it('become one, with the date of the row that has one', () => {
		const leading = row({ siteId: '1', name: 'A', joinDate: '2020-01-01' }, 1, 'one');
		const other = row({ siteId: '1', name: 'B', group: 'G', joinDate: '2020-01-02' }, 2, 'two');
		expect(joinRows(leading, other)).toEqual({
			...row({ siteId: '1', name: 'A', group: 'G', joinDate: '2020-01-01' }),
			day: 1,
			writtenDate: 'one',
		});
		const dateless = row({ siteId: '1', name: 'A' });
		expect(joinRows(dateless, other)).toMatchObject({ day: 2, writtenDate: 'two' });
		expect(joinRows(row({ joinDate: 'soon' }, undefined, 'soon'), other)).toMatchObject({
			day: undefined,
			writtenDate: 'soon',
		});
	});

	it('have a value from the other only if the leading one has none', () => {
		const isFrom = (one: string, two: string) =>
			isFromOther('group', row({ group: one }), row({ group: two }));
		expect([isFrom('', 'x'), isFrom('x', 'y'), isFrom('', ''), isFrom('x', '')]).toEqual([
			true,
			false,
			false,
			false,
		]);
	});

	const differences = (field: RowField, one: string, two: string) =>
		findDifferences(row({ [field]: one }), row({ [field]: two }), 'My Publishers').map(
			({ kind, text }) => `${kind}: ${text}`,
		);

	it.each<[RowField, string, string]>([
		['name', 'Amber', 'Amber'],
		['name', 'Amber  Reviews', 'amber reviews'],
		['name', 'Amber\tX\nY', 'AMBER X Y'],
		['name', '', 'Amber'],
		['name', 'Amber', ''],
		['urls', 'https://www.a.example/', 'A.example'],
		['urls', 'http://a.example///', 'a.example'],
		['urls', 'a.example;b.example|c.example', 'c.example, b.example\na.example'],
		['urls', ' a.example ,, ', 'a.example'],
		['joinDate', '2020-01-01', '2020-01-01'],
		['email', 'a@a.example', 'b@b.example'],
		['group', 'A', 'B'],
		['categories', 'A', 'B'],
	])('do not differ by %s: %j and %j', (field, one, two) => {
		expect(differences(field, one, two)).toEqual([]);
	});

	it.each<[RowField, string, string, string]>([
		['name', 'Amber', 'Birch', 'Name'],
		['name', 'Amber Reviews', 'AmberReviews', 'Name'],
		['urls', 'a.example', 'b.example', 'URL'],
		['urls', 'a.example', 'a.example b.example', 'URL'],
		['urls', 'a.example/x', 'a.example', 'URL'],
		['urls', 'www2.a.example', 'a.example', 'URL'],
		['urls', 'a.example/www.', 'a.example/', 'URL'],
		['urls', 'a.examplehttp://', 'a.example', 'URL'],
		['urls', 'a.examples', 'a.example', 'URL'],
		['urls', 'a/b.example', 'ab.example', 'URL'],
		['joinDate', '2020-01-01', '2020-01-02', 'Join date'],
	])('differ by %s: %j and %j', (field, one, two, name) => {
		expect(differences(field, one, two)).toEqual([
			`exportsDiffer: ${name} is "${one}" here and "${two}" in My Publishers`,
		]);
	});
});
