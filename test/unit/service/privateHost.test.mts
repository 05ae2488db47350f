import { isPrivateHost } from '../../../rakuten/service/privateHost';
import { readApplication } from '../../../rakuten/developer/application';
import { readBaseUrl, requireOwnService } from '../../../rakuten/report/baseUrl';
import { thrownBy } from '../thrownBy.mts';

const ownNetwork = [
	'127.0.0.1',
	'127.9.9.9:5678',
	'127.1',
	'0x7f000001',
	'10.0.0.1',
	'172.16.0.1',
	'172.31.255.255',
	'192.168.1.1',
	'169.254.1.1',
	'[::1]',
	'[fd00::1]',
	'[fe80::1]',
	'[::ffff:10.0.0.1]',
	'localhost',
	'api.localhost',
	'Proxy.LOCAL',
	'proxy.internal.',
	'rakuten-proxy:8080',
];

const elsewhere = [
	'ran-reporting.rakutenmarketing.com',
	'api.linksynergy.com',
	'127.0.0.1.evil.example',
	'localhost.evil.example',
	'local.example',
	'1.2.3.4',
	'172.15.0.1',
	'172.32.0.1',
	'192.169.0.1',
	'11.0.0.1',
	'134744072',
	'0x08080808',
	'[2001:4860::8888]',
	'[::ffff:8.8.8.8]',
	'[fec0::1]',
];

const application = {
	siteId: '3771737',
	clientId: 'client-id',
	clientSecret: 'client-secret',
};

describe('http', () => {
	it.each(ownNetwork)('may be used at %s, of one’s own network', (host) => {
		const url = `http://${host}`;
		expect(isPrivateHost(url)).toBe(true);
		expect(readBaseUrl(url)).toBe(url);
		expect(readApplication({ ...application, baseUrl: url }).baseUrl).toBe(url);
		expect(() => requireOwnService(url, url)).not.toThrow();
	});

	it.each(elsewhere)('may not be used at %s: neither Base URL nor pasted URL', (host) => {
		const url = `http://${host}`;
		expect(isPrivateHost(url)).toBe(false);
		for (const read of [
			() => readBaseUrl(url),
			() => readApplication({ ...application, baseUrl: url.toUpperCase() }),
			() => requireOwnService(url, 'http://127.0.0.1:4711'),
		]) {
			const problem = thrownBy(read);
			expect(problem.problemName).toBe('notEncrypted');
			expect(problem.message).toContain(host.toLowerCase());
			expect(problem.description).toContain('https://');
		}
		expect(readBaseUrl(`https://${host}`)).toBe(`https://${host}`);
	});

	it.each(['', 'http://', 'no address'])('%j is not in one’s own network', (text) => {
		expect(isPrivateHost(text)).toBe(false);
	});
});
