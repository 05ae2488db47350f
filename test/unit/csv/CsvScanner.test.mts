import { CsvScanner } from '../../../rakuten/csv/CsvScanner';
import { oneByteEach, readCsv } from './readCsv.mts';

interface Case {
	name: string;
	text: string;
	rows: string[][];
	/** Lines on which the records start; left out if each record is one line. */
	lines?: number[];
}

const cases: Case[] = [
	{ name: 'nothing at all', text: '', rows: [] },
	{ name: 'one field', text: 'a\r\n', rows: [['a']] },
	{ name: 'empty fields', text: ',,\r\n', rows: [['', '', '']] },
	{
		name: '§10.1 byte order mark and CRLF',
		text: '\uFEFFa,b\r\n1,2\r\n',
		rows: [
			['a', 'b'],
			['1', '2'],
		],
	},
	{
		name: 'only the first byte order mark',
		text: '\uFEFF\uFEFFa\n\uFEFFb\n',
		rows: [['\uFEFFa'], ['\uFEFFb']],
	},
	{ name: 'byte order mark before a quote', text: '\uFEFF"a,b",c\r\n', rows: [['a,b', 'c']] },
	{
		name: 'LF',
		text: 'a,b\n1,2\n',
		rows: [
			['a', 'b'],
			['1', '2'],
		],
	},
	{
		name: 'lone CR',
		text: 'a,b\r1,2\r',
		rows: [
			['a', 'b'],
			['1', '2'],
		],
	},
	{ name: 'mixed line ends', text: 'a\nb\r\nc\rd\n', rows: [['a'], ['b'], ['c'], ['d']] },
	{ name: 'CR CR LF is two line ends', text: 'a\r\r\nb\n', rows: [['a'], [''], ['b']] },
	{ name: 'blank lines', text: '\r\na\r\n\r\n\r\nb\r\n', rows: [[''], ['a'], [''], [''], ['b']] },
	{
		name: '§10.19 order ID with a comma',
		text: '"0278839,1",007/2\r\n',
		rows: [['0278839,1', '007/2']],
	},
	{ name: 'thousands separator', text: '"1,234.56",-0.50\r\n', rows: [['1,234.56', '-0.50']] },
	{ name: 'doubled quotes', text: '"a ""b"" c","""",""\r\n', rows: [['a "b" c', '"', '']] },
	{ name: 'doubled quotes at both ends', text: '"""a""","b"\r\n', rows: [['"a"', 'b']] },
	{
		name: 'line breaks in quotes',
		text: '"a\r\nb\nc\rd",e\r\nf,g\r\n',
		rows: [
			['a\r\nb\nc\rd', 'e'],
			['f', 'g'],
		],
		lines: [1, 5],
	},
	{
		name: 'CR and LF apart in quotes',
		text: '"\r""\n"\nx\n',
		rows: [['\r"\n'], ['x']],
		lines: [1, 4],
	},
	{
		name: 'a quote within an unquoted field',
		text: '5" screen,6"\r\n',
		rows: [['5" screen', '6"']],
	},
	{ name: 'a blank before a quote', text: ' "a",b\r\n', rows: [[' "a"', 'b']] },
	{ name: 'text behind a closing quote', text: '"a"b,"c" "d",e\r\n', rows: [['ab', 'c "d"', 'e']] },
	{
		name: 'doubled quotes behind a closing quote stay',
		text: '"a""b"c""d,e\r\n',
		rows: [['a"bc""d', 'e']],
	},
	{
		name: 'letters outside ASCII',
		text: 'é,漢字,😀\r\n"ü,""ß"""," 😀 "\r\n',
		rows: [
			['é', '漢字', '😀'],
			['ü,"ß"', ' 😀 '],
		],
	},
	{ name: 'blanks and tabs are kept', text: ' a\t, b \r\n', rows: [[' a\t', ' b ']] },
	{
		name: 'records of different length',
		text: 'a,b,c\r\n1\r\n1,2,3,4\r\n1,2\r\n',
		rows: [['a', 'b', 'c'], ['1'], ['1', '2', '3', '4'], ['1', '2']],
	},
	{
		name: 'trailing comma',
		text: 'a,b,\r\n1,2,\r\n',
		rows: [
			['a', 'b', ''],
			['1', '2', ''],
		],
	},
	{
		name: 'fields that begin like the ones above',
		text: 'ab,x\nabc,x\na,xy\nab,\n',
		rows: [
			['ab', 'x'],
			['abc', 'x'],
			['a', 'xy'],
			['ab', ''],
		],
	},
	{
		name: 'records of other length in between',
		text: 'a,b\na\na,b\nb,a\n',
		rows: [['a', 'b'], ['a'], ['a', 'b'], ['b', 'a']],
	},
	{
		name: 'quoted below unquoted and back',
		text: 'a,b\n"a",b\na,"b"\n',
		rows: [
			['a', 'b'],
			['a', 'b'],
			['a', 'b'],
		],
	},
];

describe('CsvScanner', () => {
	for (const { name, text, rows, lines } of cases) {
		it.each(['one chunk', 'one byte a chunk'])(`reads ${name}, %s`, (way) => {
			const bytes = Buffer.from(text);
			const read = readCsv(way === 'one chunk' ? [bytes] : oneByteEach(bytes));
			expect(read.rows).toEqual(rows);
			expect(read.lines).toEqual(lines ?? rows.map((_, index) => index + 1));
			expect(read.end).toEqual({
				openQuote: false,
				endsWithLineEnd: text !== '',
				records: rows.length,
				bytes: bytes.length,
				lines: (text.match(/\r\n|\r|\n/g) ?? []).length,
			});
		});
	}

	describe('at the end', () => {
		const whole = { openQuote: false, endsWithLineEnd: true };
		const noLineEnd = { openQuote: false, endsWithLineEnd: false };
		const openQuote = { openQuote: true, endsWithLineEnd: false };
		it.each([
			['a,b\r\n', [['a', 'b']], { ...whole, lines: 1 }],
			['a,b\r', [['a', 'b']], { ...whole, lines: 1 }],
			['a,b', [['a', 'b']], { ...noLineEnd, lines: 1 }],
			['a\nb,', [['a'], ['b', '']], { ...noLineEnd, lines: 2 }],
			['a\n,', [['a'], ['', '']], { ...noLineEnd, lines: 2 }],
			['"a"', [['a']], { ...noLineEnd, lines: 1 }],
			['""', [['']], { ...noLineEnd, lines: 1 }],
			['a\n"b', [['a'], ['b']], { ...openQuote, lines: 2 }],
			['a\n"', [['a'], ['']], { ...openQuote, lines: 2 }],
			['"b\r\n', [['b\r\n']], { ...openQuote, lines: 2 }],
			['"b""', [['b"']], { ...noLineEnd, openQuote: true, lines: 1 }],
			['"b"",c\n', [['b",c\n']], { ...openQuote, lines: 2 }],
			['', [], { ...noLineEnd, lines: 0 }],
			['\uFEFF', [], { ...noLineEnd, lines: 0 }],
		])('reads %j', (text, rows, end) => {
			for (const chunks of [[Buffer.from(text)], oneByteEach(Buffer.from(text))]) {
				const read = readCsv(chunks);
				expect(read.rows).toEqual(rows);
				expect(read.end).toMatchObject({ ...end, records: rows.length });
			}
		});

		it('hands on the beginning of a byte order mark as what it is: broken text', () => {
			expect(readCsv([Uint8Array.of(0xef), Uint8Array.of(0xbb)]).rows).toEqual([['\uFFFD']]);
			expect(readCsv([Uint8Array.of(0xef, 0xbb), Buffer.from('a,b\n')]).rows).toEqual([
				['\uFFFDa', 'b'],
			]);
		});

		it('takes nothing more', () => {
			const reader = new CsvScanner(() => {});
			reader.end();
			expect(() => reader.write(Buffer.from('a'))).toThrow('already been read');
			expect(() => reader.end()).toThrow('already been read');
		});
	});

	it('splits at another delimiter', () => {
		expect(readCsv(['a;b,c;"d;e"\n'], { delimiter: ';' }).rows).toEqual([['a', 'b,c', 'd;e']]);
		expect(readCsv(['a\tb\t\n'], { delimiter: '\t' }).rows).toEqual([['a', 'b', '']]);
		expect(readCsv(['a|~|b\n'], { delimiter: '|' }).rows).toEqual([['a', '~', 'b']]);
	});

	it.each(['', '"', '\r', '\n', ',,', 'é', '漢'])('refuses %j as a delimiter', (delimiter) => {
		expect(() => new CsvScanner(() => {}, { delimiter })).toThrow('one ASCII character');
	});

	it('lends the array of fields, whose copies stay as they are', () => {
		const { rows } = readCsv(['a,b\n1,2\n3,4\n']);
		rows[1].push('x');
		expect(rows).toEqual([
			['a', 'b'],
			['1', '2', 'x'],
			['3', '4'],
		]);
	});

	it('is done with a chunk when write returns', () => {
		const rows: string[][] = [];
		const reader = new CsvScanner((fields) => rows.push(fields.slice()));
		const chunk = Buffer.from('a longer text than most,b\r\n"and, without');
		reader.write(chunk);
		chunk.fill('#');
		reader.write(Buffer.from(' end"\r\n'));
		expect(rows).toEqual([['a longer text than most', 'b'], ['and, without end']]);
	});

	it('reads a part of a larger memory, and plain Uint8Array', () => {
		const memory = new TextEncoder().encode('####a,é\n####');
		expect(readCsv([memory.subarray(4, 9)]).rows).toEqual([['a', 'é']]);
	});

	it('hands on each record as soon as its line end is there, CR included', () => {
		const rows: string[][] = [];
		const reader = new CsvScanner((fields) => rows.push(fields.slice()));
		reader.write(Buffer.from('a,b\r'));
		expect(rows).toEqual([['a', 'b']]);
		reader.write(Buffer.from('\n'));
		reader.write(Buffer.from('\nc'));
		expect(rows).toEqual([['a', 'b'], ['']]);
	});

	it('takes the line feed that follows in another chunk as part of its line end, and no other', () => {
		expect(readCsv(['\na\n']).rows).toEqual([[''], ['a']]);
		expect(readCsv(['a\r', '', '\nb\n']).rows).toEqual([['a'], ['b']]);
		expect(readCsv(['a\r', '\n\nb\n']).rows).toEqual([['a'], [''], ['b']]);
		expect(readCsv(['"a\r', '\nb"\n']).rows).toEqual([['a\r\nb']]);
	});

	it('lets an error of the handler out', () => {
		const reader = new CsvScanner(() => {
			throw new Error('stop here');
		});
		expect(() => reader.write(Buffer.from('a\n'))).toThrow('stop here');
	});
});
