import { Utf8Bytes } from '../../../../rakuten/partner/read/Utf8Bytes';
import { EncodingDetector } from '../../../../rakuten/partner/read/EncodingDetector';
import { convert, survey } from '../converting.mts';
import type { Given } from '../converting.mts';
import { thrownLater } from '../thrownLater.mts';

const header = 'Site ID,Publisher Name,URL,Email,Join Date';
const row = '3771737,Café Größe,example.com,jane@example.com,2/22/2019';
const text = `${header}\r\n${row}\r\n`;
const utf16be = (content: string) => Buffer.from(content, 'utf16le').swap16();

describe('the encoding of a file', () => {
	it.each<[string, Uint8Array, string]>([
		['UTF-8', Buffer.from(text), 'utf-8'],
		['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`), 'utf-8'],
		['UTF-16 little endian', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-16le'],
		['UTF-16 little endian without a mark', Buffer.from(text, 'utf16le'), 'utf-16le'],
		['UTF-16 big endian', utf16be(`\uFEFF${text}`), 'utf-16be'],
		['UTF-16 big endian without a mark', utf16be(text), 'utf-16be'],
		['Windows-1252', Buffer.from(text, 'latin1'), 'windows-1252'],
	])('is detected: %s', async (_, bytes, encoding) => {
		const [source] = await survey([bytes]);
		expect(source.file.encoding).toBe(encoding);
		const { ready } = await convert([bytes]);
		expect(ready).toMatchObject([{ 'Network Publisher ID': '3771737', Name: 'Café Größe' }]);
	});

	it('is detected by a byte far after the beginning', async () => {
		const many = Array.from({ length: 20_000 }, (_, at) => `${at + 1},N,u.example,,2/22/2019\r\n`);
		const late = Buffer.from(
			`${header}\r\n${many.join('')}77777,Caf\xe9,u.example,,\r\n`,
			'latin1',
		);
		const [source] = await survey([late]);
		expect(source.file.encoding).toBe('windows-1252');
	});

	it.each([
		['within a name', Buffer.from([0xc3]), 'N\uFFFD'],
		['of another encoding', Buffer.from([0xe9]), 'N\uFFFD'],
		['that begins no character', Buffer.from([0x80]), 'N\uFFFD'],
	])(
		'stays UTF-8 in spite of a stray byte %s, which its row is warned of',
		async (_, stray, name) => {
			const bytes = Buffer.concat([
				Buffer.from(`${text}8,N`),
				stray,
				Buffer.from(',u.example,,2/22/2019\r\n9,Ångström Zürich,v.example,,2/22/2019\r\n'),
			]);
			const { ready, account } = await convert([bytes]);
			expect(ready.map((each) => each.Name)).toEqual(['Café Größe', name, 'Ångström Zürich']);
			expect(account.listed.map(({ line, Warnings }) => [line, Warnings])).toEqual([
				[3, [expect.stringMatching(/^Name has unreadable characters: "N/)]],
			]);
		},
	);

	it('is UTF-8 where the file ends within a character', async () => {
		const cutOff = Buffer.concat([Buffer.from(text), Buffer.from('1,x,y.example,,\xc3', 'latin1')]);
		expect((await survey([cutOff]))[0].file.encoding).toBe('utf-8');
	});

	it('is Windows-1252 as soon as as many bytes are not UTF-8 as there are characters that are', () => {
		const detect = (bytes: string) => {
			const detector = new EncodingDetector();
			detector.write(Buffer.from(bytes, 'latin1'));
			return detector.end();
		};
		expect(detect('Caf\xc3\xa9 and Caf\xe9')).toBe('windows-1252');
		expect(detect('Caf\xc3\xa9, Caf\xc3\xa9 and Caf\xe9')).toBe('utf-8');
		expect(detect('\xe9')).toBe('windows-1252');
		// Characters that were lost earlier are valid.
		expect(detect('Caf\xef\xbf\xbd')).toBe('utf-8');
	});

	it.each([
		['macintosh', [0x43, 0x61, 0x66, 0x8e], 'Café'],
		['shift_jis', [0x93, 0xfa, 0x96, 0x7b], '日本'],
		['windows-1250', [0xa3, 0xf3, 0x64, 0x9f], 'Łódź'],
		['windows-1251', [0xcc, 0xee, 0xf1, 0xea, 0xe2, 0xe0], 'Москва'],
	] as const)('is read as the user says: %s', async (encoding, bytes, name) => {
		const file = Buffer.concat([
			Buffer.from(`${header}\r\n1,`),
			Buffer.from(bytes),
			Buffer.from(',u.example,,2/22/2019\r\n'),
		]);
		expect((await convert([file], { encoding })).ready[0].Name).toBe(name);
	});

	it('of a file cut off within a character leaves a replacement character', async () => {
		const cutOff = Buffer.from(`\uFEFF${text}8,Zo`, 'utf16le').subarray(0, -1);
		const { ready, account } = await convert([cutOff]);
		expect(ready[1].Name).toBe('Z\uFFFD');
		expect(account.warningsByKind.map(({ kind }) => kind)).toContain('lostCharacters');
	});

	it('is what the user sets, if they do', async () => {
		const bytes = Buffer.from(text);
		const { ready } = await convert([bytes], { encoding: 'windows-1252' });
		expect(ready[0].Name).toBe('CafÃ© GrÃ¶ÃŸe');
	});

	it('of the header is the same: columns passed on keep their names', async () => {
		const back = 'Network Publisher ID,Name,Catégorie d’origine\r\n1,Größe,é\r\n';
		const bytes = Buffer.from(back.replace('’', '\x92'), 'latin1');
		const { columns, ready } = await convert([bytes]);
		expect(columns).toContain('Catégorie d’origine');
		expect(ready[0]['Catégorie d’origine']).toBe('é');
	});

	it('does not depend on how the bytes are cut', () => {
		for (const [bytes, expected] of [
			[Buffer.from(text), 'utf-8'],
			[Buffer.from(`\uFEFF${text}`), 'utf-8'],
			[Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-16le'],
			[Buffer.from(text, 'latin1'), 'windows-1252'],
		] as const) {
			for (const size of [1, 2, 3, 7, 1000]) {
				const detector = new EncodingDetector();
				for (let at = 0; at < bytes.length; at += size)
					detector.write(bytes.subarray(at, at + size));
				expect(detector.end()).toBe(expected);
			}
		}
	});
});

describe('Utf8Bytes', () => {
	it('reads all of Windows-1252 as the standard has it', () => {
		const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
		const read = Buffer.from(new Utf8Bytes('windows-1252').write(all)).toString();
		const upper = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
		expect(read).toBe(all.toString('latin1', 0, 0x80) + upper + all.toString('latin1', 0xa0));
	});

	it.each(['utf-16le', 'utf-16be'] as const)('reads %s in pieces of any size', (encoding) => {
		const content = '\uFEFFa😀é漢\r\n';
		const bytes = encoding === 'utf-16le' ? Buffer.from(content, 'utf16le') : utf16be(content);
		for (const size of [1, 2, 3, 5, 100]) {
			const utf8 = new Utf8Bytes(encoding);
			const pieces: Uint8Array[] = [];
			for (let at = 0; at < bytes.length; at += size) {
				pieces.push(utf8.write(bytes.subarray(at, at + size)));
			}
			expect(Buffer.concat([...pieces, utf8.end()]).toString()).toBe(content.slice(1));
		}
		const cut = new Utf8Bytes(encoding);
		cut.write(bytes.subarray(0, bytes.length - 1));
		expect(Buffer.from(cut.end()).toString()).toBe('\uFFFD');
	});
});

describe('the delimiter of a file', () => {
	it.each([
		[';', 'semicolons'],
		['\t', 'tabs'],
		[',', 'commas'],
		['|', 'pipes'],
	])('is detected by the header: %j', async (delimiter) => {
		const file = text.replaceAll(',', delimiter);
		const [source] = await survey([file]);
		expect(source.file.delimiter).toBe(delimiter);
		expect((await convert([file])).ready[0].Name).toBe('Café Größe');
	});

	it('is detected in spite of others within quotes, and of a line that names it', async () => {
		const file = `sep=;\r\n"Site ID";"Publisher Name";URL;"Email";"Join Date";"a,b,c,d,e,f,g"\r\n1;"N, M";u.example;;2/22/2019;x\r\n`;
		const [source] = await survey([file]);
		expect(source.file).toMatchObject({ delimiter: ';', headRecords: 2, linesAboveHeader: 1 });
		expect((await convert([file])).ready[0].Name).toBe('N, M');
	});

	it('is what the user sets, if they do', async () => {
		const problem = await thrownLater(convert([text], { delimiter: ';' }));
		expect(problem.problemName).toBe('unknownHeader');
	});
});

describe('a header below a title', () => {
	it('is found, and the lines above it are reported', async () => {
		const [source] = await survey([`Publisher Overview\r\n\r\nas of 11/21/2026\r\n${text}`]);
		expect(source.file).toMatchObject({ headRecords: 4, linesAboveHeader: 2 });
		const { ready, account } = await convert([`Title\r\n\r\n${text}`]);
		expect([ready.length, account.read]).toEqual([1, 1]);
	});
});

describe('a file that is something else', () => {
	it.each<[string, Given, string, RegExp]>([
		[
			'an Excel workbook',
			Buffer.from('PK\x03\x04\x14\0xl/workbook.xml', 'latin1'),
			'xlsxInsteadOfCsv',
			/Excel workbook \(\.xlsx\)/,
		],
		[
			'an old Excel workbook',
			Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1', 'latin1'),
			'xlsInsteadOfCsv',
			/\.xls/,
		],
		['a PDF', '%PDF-1.7\n', 'pdfInsteadOfCsv', /PDF/],
		[
			'a web page',
			'\uFEFF \n<!DOCTYPE html><html><body>Log in</body></html>',
			'htmlInsteadOfCsv',
			/web page/,
		],
		['a compressed file', Buffer.from([0x1f, 0x8b, 8, 0]), 'gzipInsteadOfCsv', /gzip/],
		['an empty file', '', 'emptyFile', /is empty/],
		['a file of blank lines', '\r\n,,\r\n', 'emptyFile', /is empty/],
		['a byte order mark', '\uFEFF', 'emptyFile', /is empty/],
		[
			'another table',
			'Order ID,Sales\r\n1,2\r\n',
			'unknownHeader',
			/Its header is: Order ID, Sales/,
		],
		['a text', 'Access denied', 'unknownHeader', /Its header is: Access denied/],
	])('is named: %s', async (_, content, problemName, message) => {
		const given = { name: '"x.csv"', content: content as string };
		const problem = await thrownLater(survey([given]));
		expect(problem.problemName).toBe(problemName);
		expect(problem.message).toMatch(message);
		expect(problem.message).toMatch(/^"x\.csv"/);
	});

	it('is named if dates are serial numbers only', async () => {
		const file = `${header}\r\n1,N,u.example,,43882\r\n2,M,v.example,,43883\r\n`;
		const problem = await thrownLater(convert([file]));
		expect(problem.problemName).toBe('serialDates');
		const { ready } = await convert([file], { joinDates: 'serial' });
		expect(ready.map((each) => each['Network Date Accepted'])).toEqual([
			'2020-02-21',
			'2020-02-22',
		]);
	});

	it('is named if a quote is left open: the rows after it would be lost', async () => {
		const file = `${header}\r\n1,N,u.example,,2/22/2019\r\n2,"M,v.example,,2/22/2019\r\n3,O,w.example,,\r\n`;
		const problem = await thrownLater(convert([file]));
		expect(problem.problemName).toBe('openQuote');
		expect(problem.message).toMatch(/row that begins in line 3$/);
	});
});

it('a file of a header alone has no rows, and that is all right', async () => {
	for (const file of [header, `${header}\r\n`, `\uFEFF${header}\n\n`]) {
		const { ready, account } = await convert([file]);
		expect([ready, account.read, account.rejected]).toEqual([[], 0, 0]);
	}
});
