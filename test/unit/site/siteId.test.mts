import { readSiteId } from '../../../rakuten/site/siteId';
import { thrownBy } from '../thrownBy.mts';

describe('readSiteId', () => {
	it.each(['', '  ', '\n'])('takes a blank field %j for none', (text) => {
		expect(readSiteId(text)).toBeUndefined();
	});

	it.each(['3771737', ' 3771737 ', 'Site ID 3771737', 'SID: 3771737', '"3771737"'])(
		'reads %j',
		(text) => {
			expect(readSiteId(text)).toBe('3771737');
		},
	);

	it.each([
		['linkIdInsteadOfSiteId', 'aB3cD4eF5gH'],
		['linkIdInsteadOfSiteId', 'a*B/cD3eF4g'],
		['siteIdLength', '45904'],
		['siteIdLength', '377173'],
		['siteIdLength', '37717370'],
		['siteIdLength', '1'],
		['siteIdLength', '12345678901'],
		['siteIdNotNumeric', 'my-site.example'],
		['siteIdNotNumeric', '3771-737'],
		['siteIdNotNumeric', '٣٧٧١٧٣٧'],
	])('refuses with %s: %j', (code, text) => {
		const problem = thrownBy(() => readSiteId(text));
		expect(problem.problemName).toBe(code);
		expect(problem.description).toContain('7-digit');
	});

	it('says that a short number is probably an advertiser', () => {
		expect(thrownBy(() => readSiteId('45904')).description).toContain('MID');
	});
});
