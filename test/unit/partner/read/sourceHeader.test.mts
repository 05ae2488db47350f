import { nearestName } from '../../../../rakuten/partner/read/nearestName';
import type { RowField } from '../../../../rakuten/partner/read/partnerColumns';
import { readSourceHeader } from '../../../../rakuten/partner/read/sourceHeader';
import { unknownHeader } from '../../../../rakuten/partner/read/unknownHeader';
import { thrownBy } from '../../thrownBy.mts';

const split = (text: string) => text.split(',');
const overview = split('Site ID,Publisher Name,URL,Email,Join Date');
const myPublishers = split('Site ID,Publisher Name,URL,Group,Join Date,Publisher Categories');

describe('a header', () => {
	it('of a Publisher Overview is recognized in any order, with other columns between', () => {
		expect(readSourceHeader(overview)!.kind).toBe('publisherOverview');
		const header = readSourceHeader(
			split('Status,Email,Join Date,Rank,URL,Site ID,Publisher Name'),
		)!;
		expect(header.kind).toBe('publisherOverview');
		expect([...header.placeOf].sort()).toEqual([
			['email', 1],
			['joinDate', 2],
			['name', 6],
			['siteId', 5],
			['urls', 4],
		]);
		expect(header.others).toEqual([0, 3]);
		expect(header.own).toBeUndefined();
	});

	it('of My Publishers is recognized too', () => {
		const header = readSourceHeader(myPublishers.toReversed())!;
		expect(header.kind).toBe('myPublishers');
		expect(header.placeOf.get('categories')).toBe(0);
		expect(header.placeOf.get('group')).toBe(2);
	});

	it.each([
		'\uFEFFsite id,PUBLISHER NAME,url,e-mail,join_date',
		'Site-ID, Publisher  Name ,URLs,Email Address,Date Joined',
		'siteId,publisherName,url,email,joinDate',
		'SID,Publisher,Website,E-Mail Address,Join Date:',
		'ＳＩＴＥ ＩＤ,Publisher Names,URL,Emails,Join Dates',
	])('is recognized in another spelling: %s', (text) => {
		expect(readSourceHeader(split(text))!.kind).toBe('publisherOverview');
	});

	it('of a Publisher Overview may also have a group', () => {
		const header = readSourceHeader([...overview, 'Group'])!;
		expect(header.kind).toBe('publisherOverview');
		expect(header.placeOf.get('group')).toBe(5);
	});

	it('of the import itself needs its Site ID only', () => {
		const header = readSourceHeader(split('Country,Network Publisher ID,Brand,Failure'))!;
		expect(header.kind).toBe('mediarails');
		expect(header.others).toEqual([0, 3]);
	});

	it('of the report of active partners is recognized by its own names', () => {
		const header = readSourceHeader(
			split(
				'# of Clicks,# of Impressions,Publisher Group Name,Publisher ID,Publisher Name,Publisher URL',
			),
		)!;
		expect(header.kind).toBe('activePartners');
		expect(header.placeOf.get('siteId')).toBe(3);
		const normalized = split(
			'clicks,impressions,publisherGroupName,publisherId,publisherName,publisherUrl',
		);
		expect(readSourceHeader(normalized)!.kind).toBe('activePartners');
	});

	it.each([
		'Site ID,Publisher Name,URL,Email',
		'Site ID,Publisher Name,URL,Join Date',
		'Site ID,Publisher Name,URL,Group,Join Date',
		'Order ID,Sales,Transaction Date',
		'',
		'__proto__,constructor',
	])('of another kind is not accepted: %s', (text) => {
		expect(readSourceHeader(split(text))).toBeUndefined();
	});

	it('takes what the user says its columns are called, and which of them it lacks', () => {
		const renamed = new Map<RowField, string>([
			['siteId', 'Partner No'],
			['joinDate', ''],
		]);
		const header = readSourceHeader(split('partner no,Publisher Name,URL,Email'), renamed)!;
		expect(header.kind).toBe('publisherOverview');
		expect(header.placeOf.get('siteId')).toBe(0);
		expect(header.placeOf.has('joinDate')).toBe(false);
	});

	it('of a file of rejected rows also has columns of its own', () => {
		const header = readSourceHeader([
			'Failure Reason',
			'Line Number',
			'Join Date Format',
			...overview,
		])!;
		expect(header.kind).toBe('publisherOverview');
		expect([...header.own!.all]).toEqual([0, 1, 2]);
		expect(header.own!.dateFormat).toBe(2);
		expect(header.others).toEqual([]);
		expect(header.placeOf.get('joinDate')).toBe(7);
	});
});

describe('an unknown header', () => {
	it('is shown next to the expected ones, with the nearest names', () => {
		const problem = thrownBy(() => {
			throw unknownHeader('"partners.csv"', split('Site ID,Publisher Naem,URL,Mail,Joined On'));
		});
		expect(problem.problemName).toBe('unknownHeader');
		expect(problem.message).toBe(
			'"partners.csv" is neither a Publisher Overview nor a My Publishers export. Its header is: Site ID, Publisher Naem, URL, Mail, Joined On',
		);
		expect(problem.description).toContain(
			'A Publisher Overview export has Site ID, Publisher Name, URL, Email, Join Date; missing here: Publisher Name (nearest: "Publisher Naem"), Email (nearest: "Mail"), Join Date (nearest: "Joined On").',
		);
		expect(problem.description).toContain(
			'A My Publishers export has Site ID, Publisher Name, URL, Group, Join Date, Publisher Categories; missing here: Publisher Name (nearest: "Publisher Naem"), Group, Join Date (nearest: "Joined On"), ',
		);
		expect(problem.description).toContain("'Columns in the File'");
	});

	it('is shown in part if it is long', () => {
		const long = Array.from({ length: 60 }, (_, at) => `Column ${at} ${'x'.repeat(100)}`);
		const { message } = unknownHeader('"x.csv"', long);
		expect(message.length).toBeLessThan(3000);
		expect(message).toMatch(/and 20 more$/);
	});
});

it.each([
	['Publisher Name', ['Name', 'Publisher', 'Publisher Nmae'], 'Publisher Nmae'],
	['Email', ['Mail', 'Phone'], 'Mail'],
	['Join Date', ['Date of Joining', 'Name'], 'Date of Joining'],
	['Group', ['URL', 'x', ''], undefined],
	['Publisher Categories', ['Category', 'Categories'], 'Categories'],
])('the name nearest to %s among %j is %s', (wanted, names, nearest) => {
	expect(nearestName(wanted, names)).toBe(nearest);
});
