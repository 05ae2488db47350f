import fc from 'fast-check';
import { csvObjectReader } from '../../../bench/csvObjectReader.mts';
import { CsvScanner } from '../../../rakuten/csv/CsvScanner';
import { headerKeys } from '../../../rakuten/csv/headerKeys';
import { rowMaker } from '../../../rakuten/csv/rowMaker';
import type { CsvObject } from '../../../rakuten/csv/rowMaker';
import { anyTable, cut, readCsv } from './readCsv.mts';

function readObjects(chunks: Uint8Array[]) {
	const rows: CsvObject[] = [];
	const lines: number[] = [];
	const uneven: Array<{ fields: string[]; line: number }> = [];
	const reader = csvObjectReader(
		{ CsvScanner, headerKeys, rowMaker },
		(row, line) => {
			rows.push(row);
			lines.push(line);
		},
		(fields, line) => uneven.push({ fields, line }),
	);
	for (const chunk of chunks) reader.write(chunk);
	return { rows, lines, uneven, end: reader.end(), keys: reader.keys };
}

const read = (text: string) => readObjects([Buffer.from(text)]);

describe('csvObjectReader', () => {
	it('makes one plain object per row, keyed by the header, in the order of the columns', () => {
		const { rows, lines, uneven, end, keys } = read(
			'\uFEFFMID,Sales,# of Items\r\n1,"1,234.56",2\r\n2,,-1\r\n',
		);
		expect(rows).toStrictEqual([
			{ MID: '1', Sales: '1,234.56', '# of Items': '2' },
			{ MID: '2', Sales: '', '# of Items': '-1' },
		]);
		expect(Object.getPrototypeOf(rows[0])).toBe(Object.prototype);
		expect(Object.keys(rows[0])).toEqual(['MID', 'Sales', '# of Items']);
		expect(keys).toEqual(['MID', 'Sales', '# of Items']);
		expect(lines).toEqual([2, 3]);
		expect(uneven).toEqual([]);
		expect(end).toMatchObject({ records: 3, endsWithLineEnd: true });
	});

	it('knows no keys before the header, and makes no row of it', () => {
		expect(read('')).toMatchObject({ rows: [], keys: undefined });
		expect(read('a,b')).toMatchObject({ rows: [], keys: ['a', 'b'] });
	});

	it('hands on records of another length apart, blank lines among them', () => {
		const { rows, lines, uneven } = read('a,b\r\n1,2\r\n\r\n3\r\n4,5,6\r\n7,8\r\n');
		expect(rows).toEqual([
			{ a: '1', b: '2' },
			{ a: '7', b: '8' },
		]);
		expect(lines).toEqual([2, 6]);
		expect(uneven).toEqual([
			{ fields: [''], line: 3 },
			{ fields: ['3'], line: 4 },
			{ fields: ['4', '5', '6'], line: 5 },
		]);
	});

	it('keeps the values of columns whose headers are dangerous, equal or empty', () => {
		const header = '__proto__,constructor,toString,a,a,,,hasOwnProperty,1';
		const { rows, keys } = read(`${header}\n1,2,3,4,5,6,7,8,9\n`);
		expect(keys).toEqual([
			'__proto__ (1)',
			'constructor (2)',
			'toString (3)',
			'a',
			'a (5)',
			'Column (6)',
			'Column (7)',
			'hasOwnProperty (8)',
			'1',
		]);
		expect(keys!.map((key) => rows[0][key]).join('')).toBe('123456789');
		expect(Object.getPrototypeOf(rows[0])).toBe(Object.prototype);
		expect(Object.keys({})).toEqual([]);
		expect(`${{}}`).toBe('[object Object]');
	});

	it('makes keys that are all different, and leaves alone the headers that can stay', () => {
		expect(headerKeys(['a', 'a (3)', 'a'])).toEqual(['a', 'a (3)', 'a (3) (2)']);
		expect(headerKeys(['', 'Column (1)'])).toEqual(['Column (1) (2)', 'Column (1)']);
		const anyHeader = fc.array(
			fc.constantFrom('a', 'a (2)', 'a (3)', 'a (2) (2)', '', 'Column (2)', '__proto__', '1'),
			{ maxLength: 8 },
		);
		fc.assert(
			fc.property(anyHeader, (header) => {
				const keys = headerKeys(header);
				expect(new Set(keys).size).toBe(header.length);
				expect(keys.filter((key) => key in Object.prototype)).toEqual([]);
				for (const text of new Set(header)) {
					if (text !== '' && text !== '__proto__') expect(keys[header.indexOf(text)]).toBe(text);
				}
			}),
		);
	});

	it('keeps rows of different headers apart', () => {
		expect(read('a,b\n1,2\n').rows).toStrictEqual([{ a: '1', b: '2' }]);
		expect(read('b,a\n1,2\n').rows).toStrictEqual([{ b: '1', a: '2' }]);
	});

	it('turns any table into what CsvScanner reads, however it is cut', () => {
		fc.assert(
			fc.property(anyTable(), fc.array(fc.nat(), { maxLength: 8 }), ({ text }, places) => {
				const chunks = cut(Buffer.from(text), places);
				const [header, ...records] = readCsv(chunks).rows;
				const { rows, uneven, keys } = readObjects(chunks);
				const even = records.filter((fields) => fields.length === header?.length);
				expect(rows.map((row) => keys!.map((key) => row[key]))).toEqual(even);
				expect(uneven.map(({ fields }) => fields)).toEqual(
					records.filter((fields) => fields.length !== header?.length),
				);
			}),
			{ numRuns: 300 },
		);
	});

	it.each([1, 2, 3, 4, 5, 8, 12, 15, 16, 17, 20, 24, 201, 1000])(
		'puts each value of %i columns under its own key',
		(count) => {
			const header = Array.from({ length: count }, (_, i) => `column ${i}`);
			const values = header.map((_, i) => `value ${i}`);
			// Twice: the second reader meets the rows' shape ready-made.
			for (const value of [values, [...values].reverse()]) {
				const { rows } = read(`${header.join(',')}\n${value.join(',')}\n`);
				expect(rows.map((row) => Object.entries(row))).toEqual([
					header.map((key, i) => [key, value[i]]),
				]);
			}
		},
	);

	it('keeps the shapes of many headers apart', () => {
		for (let number = 0; number < 50; number += 1) {
			const { rows } = read(`a${number},b\n1,2\n`);
			expect(rows).toStrictEqual([{ [`a${number}`]: '1', b: '2' }]);
		}
	});
});
