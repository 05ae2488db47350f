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
