import { CsvScanner } from '../../../rakuten/csv/CsvScanner';
import { thrownBy } from '../thrownBy.mts';

/** Reads a text in pieces of so many bytes; returns how many records came, and their inner lines. */
function scan(text: string, pieceBytes: number, longestRecord?: number) {
	const innerLines: number[] = [];
	const lines: number[] = [];
	const scanner = new CsvScanner(
		(_fields, line, _strayQuote, inner) => {
			lines.push(line);
			innerLines.push(inner);
		},
		{ longestRecord },
	);
	const bytes = Buffer.from(text);
	for (let at = 0; at < bytes.length; at += pieceBytes) {
		scanner.write(bytes.subarray(at, at + pieceBytes));
	}
	return { ...scanner.end(), lines, innerLines };
}

describe('the longest record', () => {
	const long = (bytes: number) => 'x'.repeat(bytes);

	it('may be as long as allowed, its line end aside, and one after another', () => {
		for (const end of ['\n', '\r', '\r\n']) {
			const text = `${long(1024)}${end}`.repeat(3);
			for (const piece of [1, 7, 1000]) expect(scan(text, piece, 1024).records).toBe(3);
		}
		expect(scan(long(1024), 1, 1024).records).toBe(1);
	});

	it('is refused with its line if it is longer', () => {
		for (const text of [
			`a\n${long(1025)}\n`,
			`a\n"${long(1024)}`,
			`a\n"${'x\n'.repeat(600)}`,
			`a\n${long(1025)}`,
		]) {
			expect(thrownBy(() => scan(text, 1, 1024))).toMatchObject({
				problemName: 'recordTooLong',
				message: 'The line that begins at line 2 is longer than 1 KiB',
				description: 'Either this is not CSV, or a quotation mark in that line is never closed.',
			});
		}
	});

	it('has no limit unless one is given', () => {
		expect(scan(long(300_000), 1000).records).toBe(1);
	});

	it('is counted from the beginning of each record that is cut off by a piece', () => {
		// Each piece ends within a record, and none of the records is too long.
		const text = `${long(600)}\n`.repeat(50);
		expect(scan(text, 700, 650).records).toBe(50);
	});
});

describe('line ends inside quotes', () => {
	it.each([
		['a\nb\n', [0, 0], [1, 2]],
		['"a\nb"\nc\n', [1, 0], [1, 3]],
		['"a\r\nb",x\r\nc\r\n', [1, 0], [1, 3]],
		['"a\rb\nc\r\nd"\nx\n', [3, 0], [1, 5]],
		['"\n","\r\n"\n', [2], [1]],
		['"\r\r\n\n"\n', [3], [1]],
		['"a\r","\n"\nb\n', [2, 0], [1, 4]],
		['\n\n"x\n"\n', [0, 0, 1], [1, 2, 3]],
	])('of %j are counted for their record', (text, innerLines, lines) => {
		for (const piece of [1, 2, 3, 5, 100]) {
			expect(scan(text, piece)).toMatchObject({ innerLines, lines });
		}
	});
});
