import type { BinaryStore } from '../../../nodes/kit/BinaryStore';
import { LineBytes } from '../../../nodes/kit/LineBytes';
import { storeLines } from '../../../nodes/kit/storeLines';

/** A store that names its own failure when the bytes break off, as n8n's stores do. */
function storeOf(written: string[], failure?: Error): BinaryStore {
	const write = async (bytes: AsyncIterable<Uint8Array>, fileName: string) => {
		let text = '';
		try {
			for await (const piece of bytes) {
				if (failure) throw failure;
				text += Buffer.from(piece).toString();
			}
		} catch {
			throw failure ?? new Error('Premature close');
		}
		written.push(`${fileName}: ${text}`);
		return { data: '', mimeType: '', fileName };
	};
	return { write } as unknown as BinaryStore;
}

const settings = {
	opening: () => 'head ',
	splitEveryRows: 0,
	nameOf: (file: number) => `file ${file}`,
	mimeType: 'text/csv',
};

describe('storeLines', () => {
	it('throws what broke the reading, not the stream that broke because of it', async () => {
		const lines = new LineBytes();
		async function* steps() {
			lines.add('a ');
			yield;
			throw new Error('The report is incomplete');
		}
		await expect(storeLines(storeOf([]), steps(), lines, settings)).rejects.toThrow(
			'The report is incomplete',
		);
	});

	it('throws what broke the store, and ends the reading', async () => {
		const lines = new LineBytes();
		let ended = false;
		async function* steps() {
			try {
				for (;;) {
					lines.add('a ');
					yield;
				}
			} finally {
				ended = true;
			}
		}
		const store = storeOf([], new Error('The disk is full'));
		await expect(storeLines(store, steps(), lines, settings)).rejects.toThrow('The disk is full');
		expect(ended).toBe(true);
	});

	it.each([
		[0, 0, ['file 1: head 0 1 2 3 4 ']],
		[0, 7, ['file 1: 0 1 2 3 4 ']],
		[2, 0, ['file 1: head 0 1 ', 'file 2: head 2 3 ', 'file 3: head 4 ']],
		[2, 3, ['file 2: 0 ', 'file 3: head 1 2 ', 'file 4: head 3 4 ']],
		[5, 5, ['file 2: head 0 1 2 3 4 ']],
	])('by %i rows per file, after %i rows, writes %j', async (splitEveryRows, rowsBefore, files) => {
		const lines = new LineBytes();
		async function* steps() {
			for (let line = 0; line < 5; line++) {
				lines.add(`${line} `);
				if (line % 2 === 1) yield;
			}
			yield;
		}
		const written: string[] = [];
		const split = { ...settings, splitEveryRows, rowsBefore };
		const stored = await storeLines(storeOf(written), steps(), lines, split);
		expect(written).toEqual(files);
		expect(stored.map(({ file }) => `file ${file}`)).toEqual(
			files.map((text) => text.slice(0, text.indexOf(':'))),
		);
		expect(stored.reduce((sum, { rows }) => sum + rows, 0)).toBe(5);
	});
});
