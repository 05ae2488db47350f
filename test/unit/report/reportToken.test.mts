import fc from 'fast-check';

import { RakutenProblem } from '../../../rakuten/problem';
import { readReportToken, reportTokenAudience } from '../../../rakuten/report/reportToken';
import {
	advertiserToken,
	foreignTokens,
	getApiUrl,
	publisherToken,
	reportTokens,
	zeros,
} from './tokenSamples.mts';
import { thrownBy } from '../thrownBy.mts';

describe('readReportToken', () => {
	const encoded = encodeURIComponent(publisherToken);

	it.each([
		['§10.2 percent-encoded as the popup shows it', encoded],
		['§10.2 percent-encoded in lower case', encoded.replaceAll('%3D', '%3d')],
		['§10.2 encoded twice', encodeURIComponent(encoded)],
		['§10.3 the whole Get API URL', getApiUrl(publisherToken)],
		['§10.3 the URL with the token not encoded', getApiUrl('') + publisherToken],
		['§10.3 the URL with &amp;', getApiUrl(publisherToken).replaceAll('&', '&amp;')],
		[
			'§10.3 the URL with the token first',
			`https://x.example/en/reports/a/filters?token=${encoded}&tz=GMT`,
		],
		['bare', publisherToken],
		['without its padding', publisherToken.replace(/=+$/, '')],
		['with token=', `token=${encoded}`],
		['with &token=', `&token=${encoded}`],
		['in quotes', ` "${publisherToken}"\n`],
		['in typographic quotes', `“${encoded}”`],
		['with a byte order mark', `\ufeff${publisherToken}`],
		['wrapped over lines', publisherToken.replace(/.{60}/g, '$&\r\n')],
		['wrapped and indented', publisherToken.replace(/.{40}/g, '$&\n    ')],
		['in a sentence', `Our token is ${encoded}, please keep it safe.`],
		['with words after it', `${publisherToken} Thanks, Ann`],
		['without padding, words after it', `${publisherToken.replace(/=+$/, '')} Thanks, Ann`],
	])('reads it %s', (_, pasted) => {
		expect(readReportToken(pasted)).toBe(publisherToken);
	});

	it('reads an advertiser token, which ends without =', () => {
		expect(advertiserToken).not.toMatch(/=$/);
		expect(readReportToken(`${advertiserToken} Regards`)).toBe(advertiserToken);
		expect(readReportToken(getApiUrl(advertiserToken))).toBe(advertiserToken);
	});

	it('§10.2 §10.3 reads any token from every form it is pasted in', () => {
		const forms: Array<(token: string) => string> = [
			(token) => token,
			encodeURIComponent,
			(token) => encodeURIComponent(encodeURIComponent(token)),
			(token) => ` "${token}" `,
			(token) => `token=${encodeURIComponent(token)}`,
			getApiUrl,
			(token) => `${getApiUrl(token)}&network=3`,
			(token) => getApiUrl(token).replaceAll('&', '&amp;'),
		];
		fc.assert(
			fc.property(
				fc.oneof(reportTokens, foreignTokens),
				fc.constantFrom(...forms),
				(token, pasteForm) => {
					const read = readReportToken(pasteForm(token));
					expect(read).toBe(token);
					expect(readReportToken(read)).toBe(read);
				},
			),
		);
	});

	it('takes a blank for the base64 + that a form has decoded', () => {
		const token = Buffer.from(`\x1f${'>>>'.repeat(30)}?`).toString('base64');
		expect(token).toContain('+');
		expect(readReportToken(token.replaceAll('+', ' '))).toBe(token);
		expect(readReportToken(getApiUrl('') + token.replaceAll('+', ' '))).toBe(token);
		expect(readReportToken(getApiUrl('') + token.replaceAll('+', '%20'))).toBe(token);
	});

	const jwt = `eyJhbGciOiJIUzI1NiJ9.${'a'.repeat(60)}.${'b'.repeat(40)}`;
	const pair = `${'aB3'.repeat(10)}:${'cD4'.repeat(10)}`;
	it.each([
		['reportTokenMissing', ''],
		['reportTokenMissing', ' "" \n'],
		[
			'reportTokenMissing',
			'https://ran-reporting.rakutenmarketing.com/en/reports/offer-report/filters?tz=GMT',
		],
		['reportTokenCutOff', publisherToken.slice(0, 100)],
		['reportTokenCutOff', publisherToken.slice(0, 12)],
		['reportTokenCutOff', getApiUrl(publisherToken.slice(0, 150))],
		['securityTokenInsteadOfReportToken', 'ab12'.repeat(16)],
		['securityTokenInsteadOfReportToken', ` token=${zeros}\n`],
		['clientSecretInsteadOfReportToken', 'aB3xY9kL2mN8pQ4rS7tU1vW5zC6dE0fG'],
		['clientSecretInsteadOfReportToken', pair],
		['clientSecretInsteadOfReportToken', Buffer.from(pair).toString('base64')],
		['accessTokenInsteadOfReportToken', jwt],
		['accessTokenInsteadOfReportToken', 'Bearer aB3xY9kL2mN8pQ4rS7tU1vW5zC6dE0fG'],
		['accessTokenInsteadOfReportToken', 'Authorization: Bearer aB3xY9kL2mN8pQ4rS7tU1vW5zC6dE0fG'],
		['siteIdInsteadOfReportToken', '3771737'],
		['reportTokenUnusable', 'xxxxxxx'],
		['reportTokenUnusable', '[<API-TOKEN>]'],
		['reportTokenUnusable', 'signature-orders'],
	])('refuses with %s and never repeats what was pasted: %j', (code, pasted) => {
		const problem = thrownBy(() => readReportToken(pasted));
		expect(problem).toBeInstanceOf(RakutenProblem);
		expect(problem.problemName).toBe(code);
		expect(problem.description).toContain('Get API');
		for (const word of pasted.split(/[^\w]+/).filter((each) => each.length > 12)) {
			expect(`${problem.message} ${problem.description}`).not.toContain(word);
		}
	});
});

describe('reportTokenAudience', () => {
	it('knows whose token it is from the token alone', () => {
		expect(reportTokenAudience(publisherToken)).toBe('publisher');
		expect(reportTokenAudience(advertiserToken)).toBe('advertiser');
	});

	it('does not guess', () => {
		expect(reportTokenAudience('')).toBe('unknown');
		expect(reportTokenAudience(publisherToken.slice(0, 100))).toBe('unknown');
		expect(reportTokenAudience(Buffer.from('encrypted Publisher').toString('base64'))).toBe(
			'unknown',
		);
	});
});
