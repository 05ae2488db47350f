/**
 * Report tokens as public code shows them: base64 of the word `encrypted` and a PHP-serialized
 * array of a 64-character security token and the user's type. The ones made here hold zeros.
 */

import { decoded } from './query.mts';

export type Side = 'publisher' | 'advertiser';

/**
 * A made-up report token. A publisher's ends with `==`; an advertiser's has no padding.
 * @param account 0 for the sandbox's own account; another number makes another token
 */
export function fakeReportToken(side: Side, account = 0): string {
	const type = side === 'publisher' ? 'Publisher' : 'Advertiser';
	const secret = String(account).padStart(64, '0');
	return Buffer.from(
		`encrypteda:2:{s:5:"Token";s:64:"${secret}";s:8:"UserType";s:${type.length}:"${type}";}`,
	).toString('base64');
}

/** The side a token's text names; a token of any other make counts as a publisher's. */
export function sideOf(token: string): Side {
	return Buffer.from(token, 'base64').toString('latin1').includes('"Advertiser"')
		? 'advertiser'
		: 'publisher';
}

/** How the token was encoded in the query: as documented (`once`), not at all, or wrongly. */
export type TokenEncoding = 'missing' | 'raw' | 'once' | 'twice';

/** One decoding, as a server does it. A token encoded twice stays encoded, and fits no account. */
export function readToken(raw: string | undefined): { token: string; encoding: TokenEncoding } {
	if (raw === undefined || raw === '') return { token: '', encoding: 'missing' };
	const token = decoded(raw);
	if (/%[0-9A-Fa-f]{2}/.test(token)) return { token, encoding: 'twice' };
	const plain = token === raw && /[+/=]/.test(token);
	return { token, encoding: plain ? 'raw' : 'once' };
}
