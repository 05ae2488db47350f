import { findInValues } from '../../../../rakuten/partner/judge/rowFindings';
import type { RowField } from '../../../../rakuten/partner/read/partnerColumns';
import { slotFields, slotOf } from '../../../../rakuten/partner/read/rowSlots';

const today = 20_778;
const fine: Partial<Record<RowField, string>> = {
	siteId: '1',
	name: 'Amber',
	urls: 'amber.example',
	brand: 'Acme',
};

/** The findings of a row that has these values and is fine otherwise. */
const findings = (
	values: Partial<Record<RowField, string>>,
	{ day, brand = 'Acme' }: { day?: number; brand?: string } = {},
) =>
	findInValues(
		slotFields.map((field) => ({ ...fine, ...values })[field] ?? ''),
		day,
		{ today, brand },
	).map(({ kind, field, text }) => [kind, field, text]);

describe('the layout of a row', () => {
	it("is the order of Mediarails' columns", () => {
		expect(slotFields.map((field) => slotOf[field])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
		expect(slotOf).toMatchObject({ siteId: 0, name: 1, joinDate: 4, network: 7, brand: 8 });
	});
});

describe('findings about values', () => {
	it('do not exist for a plain row', () => expect(findings({})).toEqual([]));

	it.each<[RowField, string, number, string]>([
		['name', 'Name', 255, 'x'],
		['urls', 'Media Property URLs', 4000, 'u.example/'],
		['email', 'Primary Contact Email', 254, 'j@u.'],
		['group', 'Publisher Group', 255, 'x'],
		['categories', 'Categories', 2000, 'x'],
	])('allow %s (%s) %d characters and no more', (field, name, most, start) => {
		const valueOf = (length: number) => start.padEnd(length, 'x');
		expect(findings({ [field]: valueOf(most) })).toEqual([]);
		expect(findings({ [field]: valueOf(most + 1) })).toEqual([
			['tooLong', field, `${name} has ${most + 1} characters`],
		]);
	});

	it.each<RowField>(['network', 'brand', 'joinDate'])('have no bound for %s', (field) => {
		expect(findings({ [field]: 'x'.repeat(5000) }, { day: 18_000 })).toEqual([]);
	});

	it.each<[number, string | undefined]>([
		[9495, 'is before 1996'],
		[9496, undefined],
		[today + 1, undefined],
		[today + 2, 'is in the future'],
	])('take a join date on day %d for likely or not: %s', (day, text) => {
		expect(findings({ joinDate: 'D' }, { day })).toEqual(
			text === undefined ? [] : [['unlikelyDate', 'joinDate', `Join date D ${text}`]],
		);
	});

	it.each([
		['43882', ": it is a spreadsheet's serial number"],
		['43882.75', ": it is a spreadsheet's serial number"],
		['43882,5', ": it is a spreadsheet's serial number"],
		['43882.', ''],
		['4388', ''],
		['438820', ''],
		['x43882', ''],
		['43882x', ''],
		['#', ': a spreadsheet has hidden it'],
		['###', ': a spreadsheet has hidden it'],
		['##x', ''],
		['x##', ''],
	])('hint at why %j is not a date: %s', (joinDate, hint) => {
		expect(findings({ joinDate })).toEqual([
			['unreadableDate', 'joinDate', `Join date "${joinDate}" can't be read${hint}`],
		]);
	});

	it('show up to 60 characters of a value', () => {
		const [long, longer] = ['x'.repeat(60), 'x'.repeat(61)];
		expect(findings({ joinDate: long })[0][2]).toBe(`Join date "${long}" can't be read`);
		expect(findings({ joinDate: longer })[0][2]).toBe(`Join date "${long}…" can't be read`);
	});

	it('name all URLs that are not valid, and an e-mail that is not', () => {
		expect(findings({ urls: 'n/a u.example none', email: 'x' })).toEqual([
			['badUrl', 'urls', 'Not a valid URL: "n/a, none"'],
			['badEmail', 'email', 'E-mail "x" is not an e-mail address'],
		]);
	});

	it('name what is missing', () => {
		expect(findings({ name: '', urls: '' })).toEqual([
			['noName', 'name', 'No name'],
			['noUrl', 'urls', 'No URL'],
		]);
		expect(findings({ brand: '' }, { brand: '' })).toEqual([['noBrand', 'brand', 'No brand']]);
		expect(findings({ brand: '' })).toEqual([]);
		expect(findings({}, { brand: '' })).toEqual([]);
	});

	it.each(['\uFFFD', '\u0000', '\u001b', '\u007f', '\u0085'])(
		'name lost characters: %j',
		(letter) => {
			for (const field of ['name', 'group', 'categories', 'network', 'brand'] as const) {
				expect(findings({ [field]: `a${letter}b` })).toMatchObject([
					[
						'lostCharacters',
						field,
						expect.stringContaining(`has unreadable characters: "a${letter}b"`),
					],
				]);
			}
			expect(findings({ siteId: letter })).toEqual([]);
		},
	);

	it.each(['\t', '\r', '\n', ' ', 'é', '😀'])('do not exist for %j', (letter) => {
		expect(findings({ name: `a${letter}b` })).toEqual([]);
	});
});
