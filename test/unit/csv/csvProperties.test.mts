import fc from 'fast-check';
import { signatureOrdersBuffer } from '../../../bench/signatureOrdersReport.mts';
import { anyTable, cut, oneByteEach, oracleRows, readCsv } from './readCsv.mts';

const anyCuts = fc.array(fc.nat(), { maxLength: 12 });

describe('CsvScanner, for any input', () => {
	it('reads any table as it was written and as csv-parse reads it, however it is cut', () => {
		fc.assert(
			fc.property(anyTable(), anyCuts, ({ text, rows }, places) => {
				const bytes = Buffer.from(text);
				const read = readCsv(cut(bytes, places));
				expect(read.rows).toEqual(rows);
				expect(read.rows).toEqual(oracleRows(text));
				expect(readCsv([bytes])).toEqual(read);
				expect(readCsv(oneByteEach(bytes))).toEqual(read);
			}),
			{ numRuns: 1000 },
		);
	});

	it('reads any table with another delimiter', () => {
		fc.assert(
			fc.property(anyTable(';'), anyCuts, ({ text, rows }, places) => {
				const read = readCsv(cut(Buffer.from(text), places), { delimiter: ';' });
				expect(read.rows).toEqual(rows);
				expect(read.rows).toEqual(oracleRows(text, ';'));
			}),
			{ numRuns: 300 },
		);
	});

	it('says on which line each record starts', () => {
		fc.assert(
			fc.property(anyTable(), anyCuts, ({ text, lines }, places) => {
				const read = readCsv(cut(Buffer.from(text), places));
				expect(read.lines).toEqual(lines);
				const breaks = (text.match(/\r\n|\r|\n/g) ?? []).length;
				const cutOff = lines.length > 0 && !/[\r\n]$/.test(text);
				expect(read.end.lines).toBe(breaks + (cutOff ? 1 : 0));
				expect(read.end.endsWithLineEnd).toBe(lines.length > 0 && !cutOff);
			}),
			{ numRuns: 500 },
		);
	});

	it('reads any bytes the same way however they are cut, and loses none', () => {
		const telling = fc.constantFrom(0x22, 0x22, 0x2c, 0x0d, 0x0a, 0xef, 0xbb, 0xbf, 0xc3, 0xa9);
		const anyBytes = fc.array(fc.oneof(telling, fc.integer({ min: 0, max: 255 })), {
			maxLength: 60,
		});
		fc.assert(
			fc.property(anyBytes, anyCuts, (list, places) => {
				const bytes = Uint8Array.from(list);
				const read = readCsv([bytes]);
				expect(readCsv(cut(bytes, places))).toEqual(read);
				expect(readCsv(oneByteEach(bytes))).toEqual(read);
				expect(read.end.bytes).toBe(bytes.length);
				expect(read.end.records).toBe(read.rows.length);
			}),
			{ numRuns: 1500 },
		);
	});

	it('decodes a field as TextDecoder does', () => {
		const anyField = fc
			.uint8Array({ maxLength: 12 })
			.filter((b) => !/[",\r\n]/.test(String.fromCharCode(...b)));
		fc.assert(
			fc.property(anyField, (field) => {
				const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(field);
				const bytes = Buffer.concat([
					Buffer.from('x,'),
					field,
					Buffer.from(',"'),
					field,
					Buffer.from('"\n'),
				]);
				expect(readCsv([bytes]).rows).toEqual([['x', text, text]]);
			}),
			{ numRuns: 500 },
		);
	});

	it.each([true, false])('reads a report of several blocks, quoted: %s', (quoted) => {
		const report = signatureOrdersBuffer({ rows: 2500, quoted, seed: 7 });
		const rows = oracleRows(report);
		expect(rows).toHaveLength(2501);
		for (const size of [997, 65_536, 65_537, report.length]) {
			const places = Array.from(
				{ length: Math.floor(report.length / size) },
				(_, i) => (i + 1) * size,
			);
			expect(readCsv(cut(report, places)).rows).toEqual(rows);
		}
	});

	it('reads on over the end of a block, wherever it falls in a record', () => {
		const record = 'a,"b ""c"", \r\n","",é,"ü",d\r\n';
		const [expected] = oracleRows(record);
		for (let before = 65_536 - 40; before <= 65_537; before += 1) {
			const text = `${'x'.repeat(before - 2)}\r\n${record}${record}`;
			expect(readCsv([text]).rows.slice(1)).toEqual([expected, expected]);
		}
	});
});
