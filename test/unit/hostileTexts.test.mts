import { isBlank } from '../../rakuten/line/isBlank';
import { parseAmount } from '../../rakuten/money/decimal';
import { nameColumns } from '../../rakuten/report/columnNames';
import { readReportToken } from '../../rakuten/report/reportToken';
import { redact } from '../../rakuten/secrets/redact';
import { readFault } from '../../rakuten/service/readFault';

/** Each of these once took seconds; that no pattern does is what test/unit/house/patterns checks. */
describe('a long hostile text gets its right answer', () => {
	const blanks = ' '.repeat(100_000);

	it('as an amount', () => {
		expect(parseAmount(`(${blanks}x`)).toBeUndefined();
		expect(parseAmount(`-${blanks}x`)).toBeUndefined();
		expect(parseAmount(`USD${blanks}(${blanks}$${blanks}1,234.50${blanks})`)).toBe('-1234.50');
		expect(parseAmount(`-${blanks}USD${blanks}5`)).toBe('-5');
		expect(parseAmount(`USD${blanks}-${blanks}5`)).toBe('-5');
	});

	it('as a cell', () => {
		expect(isBlank(`${blanks}x`)).toBe(false);
		expect(isBlank(`${blanks}NULL${blanks}`)).toBe(true);
		expect(isBlank(blanks)).toBe(true);
	});

	it('as a refusal of the API host', () => {
		const words = (body: string) => readFault(body).words;
		expect(words(`<html>${'<title'.repeat(50_000)}>Down</title>`)).toBe('Down');
		expect(words(`<${'a'.repeat(100_000)}`)).toBe('');
		expect(words(`<f><a:message ${'a'.repeat(100_000)}>Down</a:message></f>`)).toBe('Down');
	});

	it('as thousands of equal headers', () => {
		const columns = nameColumns(Array<string>(32_000).fill('x'));
		expect(columns.slice(0, 3).map(({ name }) => name)).toEqual(['x', 'x2', 'x3']);
		expect(columns.at(-1)!.name).toBe('x32000');
		const between = nameColumns(['x', 'x3', 'x', 'x', 'x', 'constructor', 'constructor']);
		expect(between.map(({ name }) => name)).toEqual([
			'x',
			'x3',
			'x2',
			'x4',
			'x5',
			'constructor2',
			'constructor3',
		]);
	});

	it('as a pasted token', () => {
		expect(() => readReportToken(`a${blanks}b`)).toThrow('not a report token');
		expect(() => readReportToken(`a${'"'.repeat(100_000)}b`)).toThrow('not a report token');
	});

	it('where secrets are removed', () => {
		const jwt = 'eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl';
		expect(redact(`${'eyJ-'.repeat(50_000)} ${jwt} end`).endsWith(' *** end')).toBe(true);
		expect(redact(`a.${jwt}.b ${jwt}`)).toBe('a.***.b ***');
		expect(redact(`${'\\'.repeat(100_000)}x`)).toHaveLength(100_001);
		expect(redact(`${blanks}ab++cd=${blanks}`, ['++ab++cd==']).trim()).toBe('***');
		for (const written of ['ab%2B%2Bcd', 'ab  cd', 'ab--cd', 'ab+\\n+cd', 'a\nb +cd']) {
			expect(redact(`x ${written}`, ['ab++cd=='])).toBe('x ***');
		}
	});
});
