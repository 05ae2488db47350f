import { whyNotPublic } from '../../../rakuten/postback/publicAddress';

describe('an address that Rakuten can call', () => {
	it.each([
		'https://n8n.example.com/webhook/x',
		'https://n8n.example.com:8443/webhook/x',
		'https://8.8.8.8/',
		'https://172.32.0.1/',
		'https://[2606:4700::1111]/',
		'https://xn--bcher-kva.de/',
		'https://local.example.org/',
		'https://mylocal.com/',
	])('%s', (address) => {
		expect(whyNotPublic(address)).toBeUndefined();
	});
});

describe('an address that it cannot call', () => {
	it.each([
		'',
		'n8n.example.com',
		'/webhook/x',
		'http://n8n.example.com/',
		'ftp://n8n.example.com/',
		'https://localhost/',
		'https://localhost:5678/',
		'https://LOCALHOST./',
		'https://n8n/',
		'https://n8n.local/',
		'https://n8n.lan/',
		'https://n8n.internal/',
		'https://box.home.arpa/',
		'https://127.0.0.1/',
		'https://127.1/',
		'https://2130706433/',
		'https://0x7f.0.0.1/',
		'https://0.0.0.0/',
		'https://10.1.2.3/',
		'https://172.16.0.1/',
		'https://172.31.255.255/',
		'https://192.168.1.5/',
		'https://169.254.169.254/',
		'https://100.64.0.1/',
		'https://198.51.100.7/',
		'https://203.0.113.9/',
		'https://192.0.2.1/',
		'https://224.0.0.1/',
		'https://255.255.255.255/',
		'https://[::1]/',
		'https://[::]/',
		'https://[fe80::1]/',
		'https://[fd00::1]/',
		'https://[fc00:1:2::3]/',
		'https://[ff02::1]/',
		'https://[2001:db8::1]/',
		'https://[::ffff:192.168.1.5]/',
		'https://[::ffff:7f00:1]/',
		'https://[::127.0.0.1]/',
		'https://[64:ff9b::10.0.0.1]/',
	])('%s', (address) => {
		expect(whyNotPublic(address)).toMatch(/^is (not|only known) /);
	});

	it('but one that represents a public one inside IPv6 is public', () => {
		expect(whyNotPublic('https://[::ffff:8.8.8.8]/')).toBeUndefined();
	});
});

describe('ranges of addresses', () => {
	const isPublic = (host: string) => whyNotPublic(`https://${host}/`) === undefined;

	// The last address before a private range, its first and last ones, and the first address after it.
	it.each([
		['0.255.255.255', '1.0.0.0'],
		['10.0.0.0', '9.255.255.255'],
		['10.255.255.255', '11.0.0.0'],
		['100.64.0.0', '100.63.255.255'],
		['100.127.255.255', '100.128.0.0'],
		['127.255.255.255', '128.0.0.0'],
		['169.254.0.0', '169.253.255.255'],
		['169.254.255.255', '169.255.0.0'],
		['172.16.0.0', '172.15.255.255'],
		['192.0.0.1', '192.0.1.1'],
		['192.0.2.255', '192.0.3.0'],
		['192.168.0.0', '192.167.255.255'],
		['192.168.255.255', '192.169.0.0'],
		['198.18.0.0', '198.17.255.255'],
		['198.19.255.255', '198.20.0.0'],
		['198.51.100.0', '198.51.99.255'],
		['198.51.100.255', '198.51.101.0'],
		['203.0.113.0', '203.0.112.255'],
		['203.0.113.255', '203.0.114.0'],
		['224.0.0.0', '223.255.255.255'],
		['[2001:db8:ffff::1]', '[2001:db9::1]'],
		['[1fff:ffff::1]', '[2000::1]'],
		['[4000::1]', '[3fff:ffff::1]'],
		['[64:ff9b::7f00:1]', '[64:ff9b::8.8.8.8]'],
		['[::ffff:10.0.0.1]', '[::ffff:11.0.0.1]'],
		['[64:ff9c::8.8.8.8]', '[::8.8.8.8]'],
		['[65:ff9b::8.8.8.8]', '[2001:db7::1]'],
		['[0:0:0:0:1:ffff:808:808]', '[2002:db8::1]'],
		['[::1:808:808]', '[::808:808]'],
	])('%s is private, %s is public', (inside, outside) => {
		expect([isPublic(inside), isPublic(outside)]).toEqual([false, true]);
	});

	// The second or third number of a private range alone means nothing.
	it.each([
		'11.64.0.1',
		'101.64.0.1',
		'8.254.0.1',
		'173.16.0.1',
		'8.168.0.1',
		'191.168.0.1',
		'193.0.2.1',
		'197.18.0.1',
		'199.51.100.1',
		'198.52.100.1',
		'202.0.113.1',
		'203.1.113.1',
	])('%s is public', (host) => expect(isPublic(host)).toBe(true));

	it.each(['1.2.3.4.example.com', 'a.1.2.3.10.org'])('%s is a name', (host) =>
		expect(isPublic(host)).toBe(true),
	);
});
