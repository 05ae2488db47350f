import { refuseConflict } from '../../../rakuten/postback/conflict';
import { fillPostbackUrl } from '../../../rakuten/postback/fillUrl';
import { foreignMacros } from '../../../rakuten/postback/macros';
import { n8nUrl, siteId } from './site.mts';
import { thrownBy } from '../thrownBy.mts';

const passOn = (url: string) =>
	refuseConflict(siteId, { url, isActive: true }, 'replaceAndPassOn', n8nUrl);

describe('macros that are not in Rakuten\u2019s form', () => {
	it.each([
		['https://t.example.com/in?click={u1}', ['{u1}']],
		['https://t.example.com/in?click={{u1}}&b=1', ['{{u1}}']],
		['https://t.example.com/in?click=${u1}', ['${u1}']],
		['https://t.example.com/in?a=#s2#&b=#s3#', ['#s2#', '#s3#']],
		['https://t.example.com/in?click=[u1]&x=1', ['[u1]']],
		['https://t.example.com/in?click=%u1%', ['%u1%']],
		['https://t.example.com/in?click=%7Bu1%7D', ['%7Bu1%7D']],
		['https://t.example.com/{u1}/in?v=<sale_amount>', ['{u1}']],
	])('are named, not passed on, and get nothing added: %s', (url, macros) => {
		expect(foreignMacros(url)).toEqual(macros);
		const problem = thrownBy(() => passOn(url));
		expect(problem.problemName).toBe('passOnMacros');
		for (const macro of macros) expect(problem.message).toContain(macro);
		if (!url.includes('<')) expect(fillPostbackUrl(url, { u1: 'x', sid: '1' })).toBe(url);
	});

	it.each([
		'https://t.example.com/in?a=%20x%20&b=%AB%20&c[]=1&u1=<u1>',
		'https://t.example.com/in?u1=<u1>#part',
		'https://t.example.com/in',
		'https://t.example.com/in?u1=&lt;u1&gt;&amp;v=&lt;sale_amount&gt;',
	])('are not seen where there are none: %s', (url) => {
		expect(foreignMacros(url)).toEqual([]);
		expect(() => passOn(url)).not.toThrow();
	});

	it('are not found in a URL that Rakuten shows with entities: it is filled in', () => {
		const url = 'https://t.example.com/in?u1=&lt;u1&gt;&amp;v=&lt;sale_amount&gt;';
		expect(fillPostbackUrl(url, { u1: 'a b', sale_amount: '1' })).toBe(
			'https://t.example.com/in?u1=a%20b&v=1',
		);
	});
});
