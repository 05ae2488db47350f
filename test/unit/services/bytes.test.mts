import { Readable } from 'node:stream';

import { bytes } from '../../../services/bytes';
import { ServiceProblem } from '../../../services/problem';
import { executionPatience } from '../../../services/patience';

const named = (name: string) => (what: string) => new ServiceProblem(name, what, '');
const csv = bytes({
	accept: 'text/csv',
	isData: (beginning) => !/^[<[{]/.test(beginning),
	truncated: named('truncated'),
	unlikely: named('unlikely'),
});
const service = {
	host: { name: 'The service', whenSlow: '', remedy: 'later' },
	patience: executionPatience,
	secrets: async () => [],
} as never;

/** Reads an answer to its end; returns how many bytes came. */
async function read(body: Readable, headers: Record<string, string> = {}): Promise<number> {
	const answer = await csv.read(
		{ statusCode: 200, headers, body } as never,
		service,
		undefined as never,
	);
	if (!('data' in answer)) throw new Error('refused');
	let length = 0;
	for await (const chunk of answer.data!.bytes) length += chunk.length;
	return length;
}

describe('the bytes of an answer', () => {
	const megabytes = (count: number) => {
		const chunk = Buffer.alloc(1024 ** 2, 'x');
		return Readable.from(
			(function* () {
				for (let each = 0; each < count; each++) yield chunk;
			})(),
		);
	};

	it('are a gigabyte at most, counted as they come out', async () => {
		await expect(read(megabytes(1025))).rejects.toMatchObject({
			problemName: 'unlikely',
			message: 'it is larger than 1 GiB.',
		});
		expect(await read(megabytes(1024))).toBe(1024 ** 3);
	});

	it('may be more than announced, as where they were sent packed, and not fewer', async () => {
		expect(await read(megabytes(2), { 'content-length': '1000' })).toBe(2 * 1024 ** 2);
		await expect(read(megabytes(1), { 'content-length': '1048577' })).rejects.toMatchObject({
			problemName: 'truncated',
			message: '1048576 of 1048577 announced bytes arrived.',
		});
	});
});
