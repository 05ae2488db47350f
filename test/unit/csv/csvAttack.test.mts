import { cut, readCsv } from './readCsv.mts';

const megabyte = 1024 * 1024;

function inChunks(bytes: Uint8Array, size: number): Uint8Array[] {
	return cut(
		bytes,
		Array.from({ length: Math.ceil(bytes.length / size) - 1 }, (_, i) => (i + 1) * size),
	);
}

describe('CsvScanner under attack', () => {
	it.each([
		['unquoted', `${'x'.repeat(10 * megabyte)},b\r\nc,d\r\n`, 'x'.repeat(10 * megabyte), 2],
		[
			'quoted',
			`"${'a,\n'.repeat(3 * megabyte)}",b\r\nc,d\r\n`,
			'a,\n'.repeat(3 * megabyte),
			2 + 3 * megabyte,
		],
		[
			'of doubled quotes',
			`"${'""'.repeat(5 * megabyte)}",b\r\nc,d\r\n`,
			'"'.repeat(5 * megabyte),
			2,
		],
		['outside ASCII', `${'漢'.repeat(4 * megabyte)},b\r\nc,d\r\n`, '漢'.repeat(4 * megabyte), 2],
	])('reads one field of ten megabytes, %s', (_, text, field, secondLine) => {
		const bytes = Buffer.from(text);
		for (const chunks of [[bytes], inChunks(bytes, 65_536)]) {
			const { rows, lines } = readCsv(chunks);
			expect(rows[0][0] === field).toBe(true);
			expect(rows[0].slice(1)).toEqual(['b']);
			expect(rows.slice(1)).toEqual([['c', 'd']]);
			expect(lines[1]).toBe(secondLine);
		}
	});

	it('reads a megabyte-long field byte by byte without going over it again and again', () => {
		const bytes = Buffer.from(`"${'x'.repeat(megabyte)}"\r\n`);
		const one = Array.from({ length: bytes.length }, (_, i) => bytes.subarray(i, i + 1));
		expect(readCsv(one).rows[0][0]).toHaveLength(megabyte);
	});

	it('reads 100,000 columns, and short rows between them', () => {
		const wide = Array.from({ length: 100_000 }, (_, i) => String(i));
		const bytes = Buffer.from(`${wide.join(',')}\r\na,b\r\n${wide.join(',')}\r\na\r\n`);
		for (const chunks of [[bytes], inChunks(bytes, 10_000)]) {
			const { rows } = readCsv(chunks);
			expect(rows.map((row) => row.length)).toEqual([100_000, 2, 100_000, 1]);
			expect(rows[2][99_999]).toBe('99999');
		}
	});

	it('reads a million lines of nothing', () => {
		const { rows, end } = readCsv(['\n'.repeat(megabyte)]);
		expect(rows).toHaveLength(megabyte);
		expect(rows[megabyte - 1]).toEqual(['']);
		expect(end).toMatchObject({ lines: megabyte, endsWithLineEnd: true });
	});

	it.each([
		[1, [['']], true],
		[2, [['']], false],
		[3, [['"']], true],
		[4, [['"']], false],
		[100_001, [['"'.repeat(50_000)]], true],
		[200_000, [['"'.repeat(99_999)]], false],
	])('reads %i quotes and nothing else', (count, rows, openQuote) => {
		for (const size of [1_000_000, 1000, 999]) {
			const read = readCsv(inChunks(Buffer.from('"'.repeat(count)), size));
			expect(read.rows).toEqual(rows);
			expect(read.end.openQuote).toBe(openQuote);
		}
	});

	it('takes an open quote to the end of the input, and says so', () => {
		const rest = 'b,c\r\n'.repeat(100_000);
		const { rows, end } = readCsv(inChunks(Buffer.from(`a,"${rest}`), 65_536));
		expect(rows).toEqual([['a', rest]]);
		expect(end).toMatchObject({ openQuote: true, endsWithLineEnd: false, records: 1 });
	});

	it('keeps NUL bytes and other control characters', () => {
		const value = '\0\x01\x0b\x1a\x1f\x7f\0';
		expect(readCsv([`${value},"${value}"\n\0\n`]).rows).toEqual([[value, value], ['\0']]);
	});

	it('replaces what is not UTF-8 and reads on', () => {
		const broken = [
			[0xff],
			[0x80],
			[0xc3],
			[0xe2, 0x82],
			[0xf0, 0x9f, 0x98],
			[0xed, 0xa0, 0x80], // a lone surrogate
			[0xc0, 0xaf], // an overlong slash
			[0xf5, 0x80, 0x80, 0x80],
		];
		for (const bytes of broken) {
			const { rows } = readCsv([
				Uint8Array.of(0x61, ...bytes, 0x2c, 0x22, ...bytes, 0x22, 0x0a, 0x62, 0x0a),
			]);
			const replaced = rows[0][1];
			expect(replaced).toMatch(/^\uFFFD+$/);
			expect(rows).toEqual([[`a${replaced}`, replaced], ['b']]);
		}
	});
});
