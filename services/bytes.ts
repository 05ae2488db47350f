import { OperationalError, sleep } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

import { outcomeOf } from '../rakuten/outcome';
import type { Outcome } from '../rakuten/outcome';
import type { Decoder, Service } from './ask';
import { throwIfCancelled } from './pause';
import { nameBrokenConnection } from './problem';
import type { ServiceProblem } from './problem';

/** An answer on its way, verified to be no refusal. */
export interface BytesAnswer {
	/** The bytes; throws a ServiceProblem if they break off, are fewer than announced, or too many. */
	readonly bytes: AsyncIterable<Uint8Array>;
	/**
	 * Whether the answer says where it ends, by its length or in chunks: then what is read without a
	 * problem is whole. Otherwise it ends where the connection does, for whatever reason.
	 */
	readonly endAnnounced: boolean;
	/** Makes a Node stream of bytes, for n8n's binary store. */
	readonly toStream: (bytes: AsyncIterable<Uint8Array>) => ByteStream;
}

/** A Node Readable, whose type may not be imported in a verified package. */
export type ByteStream = Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0];

/** What is special about the data. */
export interface BytesRule {
	readonly accept: string;
	/** Whether an answer with status 200 whose text begins with this character brings data. */
	isData(beginning: string): boolean;
	/** Names data that is shorter than announced. */
	truncated(how: string): ServiceProblem;
	/** Names an answer that can't be data of this kind. */
	unlikely(what: string): ServiceProblem;
}

/** Enough of a refusal to quote it; data itself is never held here. */
const refusalBytes = 4096;

/** More blanks than this before the first text are not the beginning of any answer. */
const longestBlank = 64 * 1024;

/** More than any report has; counted unpacked, because n8n unpacks what was sent packed. */
const mostBytes = 1024 ** 3;

/** An answer that trickles may take this many times as long as it may fall silent. */
const longestWaits = 10;

/** Reads an answer of any length as it arrives, a chunk at a time. */
export const bytes = (rule: BytesRule): Decoder<BytesAnswer> => ({
	// Lengths can be compared only where the bytes arrive as they were counted.
	headers: { Accept: rule.accept, 'Accept-Encoding': 'identity' },
	encoding: 'stream',
	async read({ statusCode, headers, body }, service) {
		const stream = body as unknown as Body;
		const received = receivedBytes(stream, service);
		const { first, isData } = await readOpening(received, statusCode === 200, rule);
		if (!isData) {
			stream.destroy();
			return { refusal: first.subarray(0, refusalBytes).toString('utf8') };
		}
		const announced = Number(headers['content-length'] ?? Number.NaN);
		return {
			data: {
				bytes: countedBytes(stream, first, received, announced, rule),
				endAnnounced: !Number.isNaN(announced) || headers['transfer-encoding'] !== undefined,
				toStream: (each) => stream.constructor.from(each),
			},
		};
	},
});

/** The parts of a Node Readable that are used here. */
type Body = AsyncIterable<Uint8Array> & {
	readonly destroyed: boolean;
	destroy(cause?: Error): void;
	constructor: { from(bytes: AsyncIterable<Uint8Array>): ByteStream };
};

/**
 * Reads up to the first byte that is not blank, or, where there is no data, enough to quote. A
 * refusal is returned without the blanks before it. No byte is looked at twice, however small the
 * pieces are.
 */
async function readOpening(
	received: AsyncIterator<Uint8Array>,
	mayBeData: boolean,
	rule: BytesRule,
): Promise<{ first: Buffer; isData: boolean }> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	let blanks = 0;
	let isData: boolean | undefined = mayBeData ? undefined : false;
	while (isData === undefined || (!isData && length - blanks < refusalBytes)) {
		const next = await received.next();
		if (next.done) break;
		const chunk = next.value;
		if (blanks === length) {
			const start = chunk.findIndex((byte) => !blankBytes.has(byte));
			blanks += start < 0 ? chunk.length : start;
			// While only blanks have come, nothing is known.
			if (start >= 0) isData ??= rule.isData(String.fromCharCode(chunk[start]));
		}
		chunks.push(chunk);
		length += chunk.length;
		if (blanks > longestBlank) throw rule.unlikely('it begins with more than 64 KiB of blanks.');
	}
	const first = Buffer.concat(chunks);
	return isData === false ? { first: first.subarray(blanks), isData } : { first, isData: true };
}

/** White space, and the three bytes of a byte order mark. */
const blankBytes = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0xef, 0xbb, 0xbf]);

/**
 * How often to check whether an answer has fallen silent. The last of these waits outlives the answer,
 * so it is short: a process that has nothing else to do can then end at once.
 */
const watchMilliseconds = 250;

/**
 * The bytes as they arrive, with any failure named. An answer that has fallen silent is ended: the
 * HTTP client's own timeout ends with the headers, and a body that never arrives would hold the
 * workflow forever.
 */
async function* receivedBytes(
	body: Body,
	{ signal, patience, host, secrets }: Service,
): AsyncGenerator<Uint8Array> {
	const iterator = body[Symbol.asyncIterator]();
	let waitingSince: number | undefined;
	let waitedBefore = 0;
	let endWait: (outcome: Outcome<never>) => void = () => undefined;
	const silence: { is?: Outcome<never> } = {};
	/** Ends the wait when the answer has fallen silent, or the execution was cancelled. */
	const watch = async (): Promise<void> => {
		for (;;) {
			await sleep(watchMilliseconds);
			if (body.destroyed) return;
			const waited = waitingSince === undefined ? 0 : Date.now() - waitingSince;
			const most = patience.timeoutSeconds * 1000;
			if (signal?.aborted || waited > most || waitedBefore + waited > most * longestWaits) {
				body.destroy();
				silence.is = { ok: false, cause: new OperationalError('timeout: no more bytes came') };
				endWait(silence.is);
			}
		}
	};
	void watch();
	for (;;) {
		waitingSince = Date.now();
		// Each wait has its own promise, which the watch can end, because destroying a body does
		// not end the wait for its next bytes in every n8n. One promise raced with every wait would
		// keep everything they brought, the whole report, until the last.
		const next =
			silence.is ??
			(await new Promise<Outcome<IteratorResult<Uint8Array>>>((resolve) => {
				endWait = resolve;
				void outcomeOf(iterator.next()).then(resolve);
			}));
		waitedBefore += Date.now() - waitingSince;
		waitingSince = undefined;
		throwIfCancelled(signal);
		if (!next.ok) throw nameBrokenConnection(next.cause, host, await secrets());
		if (next.value.done) return;
		yield next.value.value;
	}
}

/** The whole answer from its first byte on; throws when it is shorter than announced, or too long. */
async function* countedBytes(
	body: Body,
	first: Uint8Array,
	rest: AsyncIterator<Uint8Array>,
	announced: number,
	rule: BytesRule,
): AsyncGenerator<Uint8Array> {
	try {
		let received = first.length;
		if (first.length > 0) yield first;
		for (;;) {
			const next = await rest.next();
			if (next.done) break;
			received += next.value.length;
			if (received > mostBytes) throw rule.unlikely('it is larger than 1 GiB.');
			yield next.value;
		}
		// More than announced is fine: what was packed was announced packed.
		if (received < announced) {
			throw rule.truncated(`${received} of ${announced} announced bytes arrived.`);
		}
	} finally {
		// Also if the reader has had enough: an answer left open would hold its connection.
		body.destroy();
	}
}
