import fc from 'fast-check';

/** A made-up report token of the make that public examples show. */
export function reportToken(securityToken: string, userType = 'Publisher'): string {
	const plain = `encrypteda:2:{s:5:"Token";s:${securityToken.length}:"${securityToken}";s:8:"UserType";s:${userType.length}:"${userType}";}`;
	return Buffer.from(plain).toString('base64');
}

export const zeros = '0'.repeat(64);
export const publisherToken = reportToken(zeros);
export const advertiserToken = reportToken(zeros, 'Advertiser');

export const securityTokens = fc
	.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 64, maxLength: 64 })
	.map((digits) => digits.join(''));

/** Report tokens of random accounts. */
export const reportTokens = fc
	.tuple(securityTokens, fc.constantFrom('Publisher', 'Advertiser'))
	.map(([secret, type]) => reportToken(secret, type));

/** Tokens of an unknown make: base64 of random bytes, with `+` and `/` in it. */
export const foreignTokens = fc
	.uint8Array({ minLength: 60, maxLength: 120 })
	.map((bytes) => Buffer.from([0x1f, ...bytes]).toString('base64'));

export const getApiUrl = (token: string, key = 'signature-orders-report') =>
	`https://ran-reporting.rakutenmarketing.com/en/reports/${key}/filters?date_range=this-month&include_summary=Y&network=1&tz=GMT&date_type=transaction&token=${encodeURIComponent(token)}`;
