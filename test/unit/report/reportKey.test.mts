import fc from 'fast-check';

import { readReportKey } from '../../../rakuten/report/getApiUrl';
import { builtInReports } from '../../../rakuten/report/builtInReports';
import { getApiUrl, publisherToken, reportTokens, zeros } from './tokenSamples.mts';
import type { RakutenProblem } from '../../../rakuten/problem';
import { thrownBy } from '../thrownBy.mts';

describe('readReportKey', () => {
	it.each([
		'signature-orders-report',
		'signature-orders-report-2',
		'newly',
		'data_team_monthly_report_us',
		'reporting-portal%3A-transaction',
		'Individual-Item-Report-%2B-Transaction-ID-%2B-Currency',
		'mr-publisher-report',
		'a%252Bb',
		'caf%C3%A9',
	])('§10.31 leaves %s as it is', (key) => {
		expect(readReportKey(key)).toBe(key);
	});

	it('drops blanks and quotes around a key', () => {
		expect(readReportKey('  "newly"\n')).toBe('newly');
	});

	it('§10.31 encodes what was typed without the encoding a path has', () => {
		expect(readReportKey('Item-Report-+-Currency')).toBe('Item-Report-%2B-Currency');
		expect(readReportKey('reporting-portal:-transaction')).toBe('reporting-portal%3A-transaction');
		expect(readReportKey('report-%2B-café')).toBe('report-%2B-caf%C3%A9');
	});

	it('leaves every built-in key as it is', () => {
		expect(builtInReports.map(({ key }) => readReportKey(key))).toEqual(
			builtInReports.map(({ key }) => key),
		);
		expect(new Set(builtInReports.map(({ key }) => key)).size).toBe(builtInReports.length);
	});

	it('§10.3 refuses a URL with a token, names its key and where it belongs, and hides the token', () => {
		fc.assert(
			fc.property(reportTokens, fc.boolean(), (token, isEncoded) => {
				const url = isEncoded
					? getApiUrl(token, 'my-orders')
					: `${getApiUrl('', 'my-orders')}${token}`;
				const problem = thrownBy(() => readReportKey(url));
				expect(problem.problemName).toBe('tokenInReportKey');
				expect(problem.message).toContain('my-orders');
				expect(problem.description).toContain("credential's 'Report Token'");
				const words = `${problem.message} ${problem.description}`;
				expect(words).not.toContain(token.slice(0, 12));
				expect(words).not.toContain(token.slice(-12));
			}),
		);
	});

	it.each([
		['tokenInReportKey', publisherToken],
		['tokenInReportKey', encodeURIComponent(publisherToken)],
		['tokenInReportKey', publisherToken.slice(0, 60)],
		['tokenInReportKey', `token=${zeros}`],
		['tokenInReportKey', zeros],
		['tokenInReportKey', Buffer.alloc(90, 'x').toString('base64')],
		['tokenInReportKey', `https://x.example/en/reports/${publisherToken}/filters?token=x`],
	])('refuses %s without repeating it', (code, pasted) => {
		const problem = thrownBy(() => readReportKey(pasted));
		expect(problem.problemName).toBe(code);
		const words = `${problem.message} ${problem.description}`;
		expect(words).toContain('Report Token');
		expect(words).not.toContain(pasted.slice(0, 20));
		expect(words).not.toContain('ZW5jcnlwdGVk');
		expect(words).not.toContain('0000');
	});

	it('refuses a URL without a token too, since the key is asked for', () => {
		const problem = thrownBy(() =>
			readReportKey('ran-reporting.rakutenmarketing.com/en/reports/newly/filters?tz=GMT'),
		);
		expect(problem.problemName).toBe('urlInReportKey');
		expect(problem.message).toContain('newly');
	});

	it('suggests the key of a built-in report that was typed by name', () => {
		const problem = thrownBy(() => readReportKey('Signature  Orders Report'));
		expect(problem.problemName).toBe('reportNameInsteadOfKey');
		expect(problem.description).toContain('signature-orders-report');
		expect(thrownBy(() => readReportKey('Our best report')).description).toContain('/reports/');
	});

	it.each(['a/b', 'a\\b', 'a?b', 'a#b', 'a&b', 'a=b', '.', '..', '%2e%2E', 'a%', 'a%zz', '<key>'])(
		'refuses %j, which would be another path',
		(text) => {
			expect(thrownBy(() => readReportKey(text)).problemName).toBe('reportKeyInvalid');
		},
	);

	it.each(['', '  ', '""'])('refuses an empty key %j', (text) => {
		expect(thrownBy(() => readReportKey(text)).problemName).toBe('reportKeyMissing');
	});

	it('makes a path segment of anything it takes', () => {
		const anyText = fc.string({
			unit: fc.integer({ max: 0xffff, min: 0 }).map((code) => String.fromCharCode(code)),
			maxLength: 8,
		});
		fc.assert(
			fc.property(fc.oneof(fc.string({ maxLength: 40 }), anyText), (text) => {
				let key: string;
				try {
					key = readReportKey(text);
				} catch (thrown) {
					expect((thrown as RakutenProblem).problemName).toMatch(
						/InReportKey$|^reportKey|^reportNameInsteadOfKey$/,
					);
					return;
				}
				expect(new URL(`https://x.example/en/reports/${key}/filters`).pathname).toBe(
					`/en/reports/${key}/filters`,
				);
				expect(readReportKey(key)).toBe(key);
			}),
			{ numRuns: 1000 },
		);
	});
});
