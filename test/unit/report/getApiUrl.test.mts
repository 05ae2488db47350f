import fc from 'fast-check';

import { parseGetApiUrl } from '../../../rakuten/report/getApiUrl';
import { readReportToken } from '../../../rakuten/report/reportToken';
import { advertiserToken, getApiUrl, publisherToken, reportTokens } from './tokenSamples.mts';

const host = 'https://ran-reporting.rakutenmarketing.com';

describe('parseGetApiUrl', () => {
	it('§10.3 takes token, key, network, zone and date type from the URL', () => {
		const url = `${host}/en/reports/revenue-report-by-day/filters?start_date=2026-10-25&end_date=2026-10-26&include_summary=Y&network=1&previous-start-date=2026-09-25&previous-end-date=2026-09-26&tz=America%2FNew_York&date_type=process&date_format=m-d-yy&token=${encodeURIComponent(publisherToken)}`;
		expect(parseGetApiUrl(url)).toEqual({
			baseUrl: host,
			reportKey: 'revenue-report-by-day',
			timeZone: 'America/New_York',
			dateType: 'process',
			networks: [1],
		});
	});

	it.each([
		'reporting-portal%3A-transaction',
		'Individual-Item-Report-%2B-Transaction-ID-%2B-Currency',
		'signature-orders-report-2',
		'data_team_monthly_report_us',
	])('§10.31 keeps the key %s as it is in the path', (key) => {
		expect(parseGetApiUrl(getApiUrl(publisherToken, key))?.reportKey).toBe(key);
	});

	it('§10.17 reads networks that are repeated, listed or doubled', () => {
		const networks = (query: string) =>
			parseGetApiUrl(`${host}/en/reports/a/filters?${query}`)?.networks;
		expect(networks('network=1&network=3&network=1&tz=GMT')).toEqual([1, 3]);
		expect(networks('network=1,41')).toEqual([1, 41]);
		expect(networks('network[]=5&network%5B%5D=7')).toEqual([5, 7]);
		expect(networks('network=&tz=GMT')).toEqual([]);
		expect(networks('tz=GMT')).toEqual([]);
	});

	const plain = parseGetApiUrl(getApiUrl(publisherToken));
	const wrapped = getApiUrl(publisherToken)
		.replace('&network', '\r\n&network')
		.replace('&tz', '\n  &tz');
	it.each([
		['&amp;', getApiUrl(publisherToken).replaceAll('&', '&amp;')],
		['&amp;amp;', getApiUrl(publisherToken).replaceAll('&', '&amp;amp;')],
		['blanks after &', getApiUrl(publisherToken).replaceAll('&', '& ')],
		['lines broken at &', wrapped],
		['a line broken in the key', getApiUrl(publisherToken).replace('orders-', 'orders-\n')],
		['a line broken in the token', getApiUrl(publisherToken).replace(/(token=.{70})/, '$1\n')],
		['words around it', `Here it is: ${getApiUrl(publisherToken)} (see above)`],
		['lines around it', `My URL:\n${getApiUrl(publisherToken)}\n\nRegards\nAnn`],
		['quotes around it', `"${getApiUrl(publisherToken)}"`],
		['no scheme', getApiUrl(publisherToken).replace('https://', '')],
		['no scheme but slashes', getApiUrl(publisherToken).replace('https:', '')],
		['no scheme, words before', `The URL:\n${getApiUrl(publisherToken).replace('https://', '')}`],
		['capitals in the host path', getApiUrl(publisherToken).replace('/reports/', '/Reports/')],
	])('reads the same from a URL with %s', (_, text) => {
		expect(plain?.reportKey).toBe('signature-orders-report');
		expect(parseGetApiUrl(text)).toEqual(plain);
	});

	it.each([
		['http://127.0.0.1:8080/en', 'http://127.0.0.1:8080'],
		['http://localhost:1/ja', 'http://localhost:1'],
		['https://proxy.example/rakuten/fr', 'https://proxy.example/rakuten'],
		['https://proxy.example/rakuten', 'https://proxy.example/rakuten'],
		['https://me:secret@proxy.example/pt-BR', 'https://proxy.example'],
		['https://proxy.example', 'https://proxy.example'],
		['/en', undefined],
	])('reads the service of a URL that begins with %s', (beginning, baseUrl) => {
		const found = parseGetApiUrl(`${beginning}/reports/a/filters?tz=GMT`);
		expect(found?.reportKey).toBe('a');
		expect(found?.baseUrl).toBe(baseUrl);
	});

	it('keeps lines apart that are not one URL', () => {
		const two = `proxy:\nproxy.example/en/reports/a/filters?tz=GMT\nhttps://proxy.example/en/reports/b/filters?network=3`;
		expect(parseGetApiUrl(two)).toMatchObject({
			baseUrl: 'https://proxy.example',
			reportKey: 'a',
			timeZone: 'GMT',
			networks: [],
		});
	});

	it('reads the older form with dates in the path', () => {
		const url = `${host}/en/reports/a/filters/start-date/2026-01-01/end-date/2026-07-21?tz=GMT`;
		expect(parseGetApiUrl(url)).toMatchObject({ reportKey: 'a', timeZone: 'GMT' });
	});

	it('leaves out what the URL leaves out', () => {
		expect(parseGetApiUrl(`${host}/en/reports/a/filters`)).toEqual({
			baseUrl: host,
			reportKey: 'a',
			networks: [],
		});
		expect(parseGetApiUrl(`${host}/en/reports/a/filters?date_type=other`)).toMatchObject({
			dateType: undefined,
		});
	});

	it.each([
		'',
		'signature-orders-report',
		publisherToken,
		host,
		`${host}/en/reports/`,
		`${host}/en/reports/a/filtersx`,
	])('finds none in %j', (text) => {
		expect(parseGetApiUrl(text)).toBeUndefined();
	});

	it('survives invalid escapes', () => {
		const parsed = parseGetApiUrl(`${host}/en/reports/a/filters?tz=%E0%A4%A&date_range=100%&=&&x`);
		expect(parsed).toMatchObject({ timeZone: '%E0%A4%A' });
	});

	it('reads back every URL that is built from its pieces', () => {
		const keys = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,30}(%2B|%3A)?[a-z0-9-]{0,10}$/);
		const networkLists = fc.uniqueArray(fc.constantFrom(1, 3, 5, 7, 8, 9, 11, 41));
		const zones = fc.constantFrom('GMT', 'America/New_York', 'Asia/Tokyo');
		fc.assert(
			fc.property(keys, networkLists, zones, reportTokens, (key, networks, timeZone, token) => {
				const query = [
					...networks.map((id) => `network=${id}`),
					`tz=${encodeURIComponent(timeZone)}`,
				];
				const url = `${host}/en/reports/${key}/filters?${query.join('&')}&token=${encodeURIComponent(token)}`;
				expect(parseGetApiUrl(url)).toMatchObject({ reportKey: key, networks, timeZone });
				expect(readReportToken(url)).toBe(token);
			}),
		);
		expect(readReportToken(getApiUrl(advertiserToken))).toBe(advertiserToken);
	});
});
