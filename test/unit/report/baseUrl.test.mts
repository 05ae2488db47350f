import {
	readBaseUrl,
	reportingServiceUrl,
	requireOwnService,
} from '../../../rakuten/report/baseUrl';
import { isAtService } from '../../../rakuten/service/serviceUrl';
import { thrownBy } from '../thrownBy.mts';

describe('the base URL', () => {
	it.each([
		['https://ran-reporting.rakutenmarketing.com', 'https://ran-reporting.rakutenmarketing.com'],
		[
			' https://ran-reporting.rakutenmarketing.com// ',
			'https://ran-reporting.rakutenmarketing.com',
		],
		['http://127.0.0.1:8080/proxy/', 'http://127.0.0.1:8080/proxy'],
	])('%s is used as %s', (text, url) => {
		expect(readBaseUrl(text)).toBe(url);
	});

	it.each([
		'',
		'ran-reporting.rakutenmarketing.com',
		'ftp://host',
		'https://user:pass@host',
		'https://host?token=abc',
		'https://host/en/reports/x/filters',
	])('%s is refused', (text) => {
		expect(thrownBy(() => readBaseUrl(text)).problemName).toBe('baseUrlInvalid');
	});
});

describe('a pasted Get API URL', () => {
	it.each([
		[undefined, reportingServiceUrl],
		[reportingServiceUrl, reportingServiceUrl],
		['https://RAN-reporting.rakutenmarketing.com', reportingServiceUrl],
		[reportingServiceUrl, 'http://127.0.0.1:8080/proxy'],
		['http://127.0.0.1:4711', 'http://127.0.0.1:4711'],
	])('of %s may be asked at %s', (url, baseUrl) => {
		expect(() => requireOwnService(url, baseUrl)).not.toThrow();
	});

	it.each(['https://reportws.linksynergy.com', 'http://127.0.0.1:4711'])(
		'of %s is not asked at another service without a word',
		(url) => {
			const refusal = thrownBy(() => requireOwnService(url, reportingServiceUrl));
			expect(refusal.problemName).toBe('getApiUrlOfOtherService');
			expect(refusal.message).toContain(url);
			expect(refusal.description).toContain(`'Base URL' to ${url}`);
		},
	);
});

describe('a request', () => {
	const service = 'https://Service.example';
	it.each([
		[{ url: '/en', baseURL: 'https://service.example' }, true],
		[{ url: 'https://service.example/en' }, true],
		[{ url: 'https://service.example.evil.example/en' }, false],
		[{ url: 'https://evil.example/', baseURL: 'https://service.example' }, false],
		[{ url: 'http://service.example/' }, false],
		[{ url: 'https://service.example@evil.example/' }, false],
		[{ url: '/en' }, false],
		[{ uri: 'https://service.example/en' }, true],
		[{}, false],
	])('%j is at the service: %s', (request, expected) => {
		expect(isAtService(request, service)).toBe(expected);
	});
});
