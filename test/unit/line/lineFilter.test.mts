import { mayBeWanted } from '../../../rakuten/line/lineFilter';
import type { TriggerFilter } from '../../../rakuten/line/lineFilter';

const line = { advertiserId: '45904', isEvent: false, siteId: '3771737' };

describe('a line that a trigger may give out', () => {
	const wanted: Array<[string, Partial<TriggerFilter>, Partial<typeof line | object>, boolean]> = [
		['no filter', {}, {}, true],
		['its advertiser', { advertiserIds: ['1', '45904'] }, {}, true],
		['another advertiser', { advertiserIds: ['1', '2'] }, {}, false],
		['a part of its advertiser', { advertiserIds: ['459'] }, {}, false],
		['no advertiser in the line', { advertiserIds: ['1'] }, { advertiserId: null }, true],
		['transactions', { isEvent: false }, {}, true],
		['early events', { isEvent: true }, {}, false],
		['early events, which it is', { isEvent: true }, { isEvent: true }, true],
		['transactions, which it is not', { isEvent: false }, { isEvent: true }, false],
		['early events, the line not saying', { isEvent: true }, { isEvent: null }, true],
		['transactions, the line not saying', { isEvent: false }, { isEvent: null }, true],
		['its site', { siteId: '3771737' }, {}, true],
		['another site', { siteId: '1' }, {}, false],
		['a site, the line naming none', { siteId: '1' }, { siteId: null }, true],
		['its site and another advertiser', { siteId: '3771737', advertiserIds: ['1'] }, {}, false],
	];

	it.each(wanted)('%s', (_, filter, more, expected) => {
		expect(mayBeWanted({ ...line, ...more }, { advertiserIds: [], ...filter })).toBe(expected);
	});
});
