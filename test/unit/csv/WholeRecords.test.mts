import { WholeRecords } from '../../../rakuten/csv/WholeRecords';

/** Reads a chunk; `at` is where the first record begins that was not read. */
function read(text: string | Buffer, from = 0) {
	const records: string[][] = [];
	const innerLines: number[] = [];
	const stray: boolean[] = [];
	const whole = new WholeRecords(0x2c, (fields, inner, strayQuote) => {
		records.push([...fields]);
		innerLines.push(inner);
		stray.push(strayQuote);
	});
	const at = whole.read(Buffer.isBuffer(text) ? text : Buffer.from(text), from);
	return { records, innerLines, stray, at };
}

describe('records that lie entirely within a chunk', () => {
	/** Records with their fields. */
	const all: Array<[text: string, fields: string[]]> = [
		['a,b\r\n', ['a', 'b']],
		['c\n', ['c']],
		['\n', ['']],
		['"d,1","e ""f"""\r\n', ['d,1', 'e "f"']],
		['"g\nh",é\n', ['g\nh', 'é']],
		['"i" ,"j"k\n', ['i ', 'jk']],
		[',,\r', ['', '', '']],
		['"ü",l\n', ['ü', 'l']],
		['~,\u007f\n', ['~', '\u007f']],
		['x', ['x']],
	];

	it('are read up to the first that ends elsewhere, wherever the chunk ends', () => {
		const bytes = Buffer.from(all.map(([text]) => text).join(''));
		let end = 0;
		const ends = all.map(([text]) => (end += Buffer.byteLength(text)));
		for (let length = 0; length <= bytes.length; length++) {
			// A CR ends a record: whether a line feed follows is seen with the next chunk.
			const isWhole = (index: number) =>
				index < all.length - 1 && ends[index] - (all[index][0].endsWith('\r\n') ? 1 : 0) <= length;
			const count = all.findIndex((_, index) => !isWhole(index));
			const found = read(bytes.subarray(0, length));
			expect(found.records).toEqual(all.slice(0, count).map(([, fields]) => fields));
			expect(found.at).toBe(count === 0 ? 0 : Math.min(ends[count - 1], length));
		}
	});

	it('are read from a place on', () => {
		expect(read('a,b\nc\nd', 4)).toMatchObject({ records: [['c']], at: 6 });
		expect(read('a\n', 2)).toMatchObject({ records: [], at: 2 });
	});

	it('have as many fields as they have, after wider ones too', () => {
		expect(read('a,b,c\nd\ne,f\n').records).toEqual([['a', 'b', 'c'], ['d'], ['e', 'f']]);
	});

	it('say how many line ends are in their quotes, and whether a quote is out of place', () => {
		const found = read('"a\r\nb\rc\nd",e\n"f"\n"g"h\n"\n"\n"\t"\t\n');
		expect(found.innerLines).toEqual([3, 0, 0, 1, 0]);
		expect(found.stray).toEqual([false, false, true, false, false]);
	});

	it('may cross the borders of blocks', () => {
		const field = 'y'.repeat(20_000);
		const text = `${field},é\n`.repeat(30);
		const found = read(text);
		expect(found.records).toHaveLength(30);
		expect(found.records.every(([a, b]) => a === field && b === 'é')).toBe(true);
		expect(found.at).toBe(Buffer.byteLength(text));
	});

	it('are left to be read in pieces if they are longer than a block', () => {
		const block = 64 * 1024;
		const fits = `${'z'.repeat(block - 1)}\n`;
		expect(read(`a\n${fits}b\n`).at).toBe(block + 4);
		const tooLong = `${'z'.repeat(block)}\n`;
		expect(read(`a\n${tooLong}b\n`)).toMatchObject({ records: [['a']], at: 2 });
		expect(read(`a\n"${tooLong}"\n`)).toMatchObject({ records: [['a']], at: 2 });
	});
});
