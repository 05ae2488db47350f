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
	/** The bytes; throws a ServiceProblem if they break off or are fewer than announced. */
	readonly bytes: AsyncIterable<Uint8Array>;
	/** Makes a Node stream of bytes, for n8n's binary store. */
	readonly toStream: (bytes: AsyncIterable<Uint8Array>) => ByteStream;
}

/** A Node Readable, whose type may not be imported in a verified package. */
export type ByteStream = Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0];

/** What is special about the data. */
export interface BytesRule {
	readonly accept: string;
	/** Whether an answer with status 200 that begins like this brings data. */
	isData(beginning: string): boolean;
	/** Names data that is shorter than announced. */
	truncated(how: string): ServiceProblem;
}

/** Enough of a refusal to quote it; data itself is never held here. */
const refusalBytes = 4096;

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
			return { refusal: first.toString('utf8') };
		}
		const announced = Number(headers['content-length'] ?? Number.NaN);
		return {
			data: {
				bytes: countedBytes(stream, first, received, announced, rule),
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

/** Reads up to the first telling byte, or, where there is no data, enough to quote. */
async function readOpening(
	received: AsyncIterator<Uint8Array>,
	mayBeData: boolean,
	rule: BytesRule,
): Promise<{ first: Buffer; isData: boolean }> {
	let first = Buffer.alloc(0);
	let isData: boolean | undefined = mayBeData ? undefined : false;
	while (isData === undefined || (!isData && first.length < refusalBytes)) {
		const next = await received.next();
		if (next.done) break;
		first = Buffer.concat([first, next.value]);
		const beginning = first
			.toString('utf8')
			.replace(/^\uFEFF/, '')
			.trimStart();
		// While only blanks have come, nothing is known.
		if (mayBeData && beginning !== '') isData = rule.isData(beginning);
	}
	return { first, isData: isData ?? true };
}

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
	let endWait: (outcome: Outcome<never>) => void = () => undefined;
	const silence: { is?: Outcome<never> } = {};
	/** Ends the wait when the answer has fallen silent, or the execution was cancelled. */
	const watch = async (): Promise<void> => {
		for (;;) {
			await sleep(watchMilliseconds);
			if (body.destroyed) return;
			const waited = waitingSince === undefined ? 0 : Date.now() - waitingSince;
			if (signal?.aborted || waited > patience.timeoutSeconds * 1000) {
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
		waitingSince = undefined;
		throwIfCancelled(signal);
		if (!next.ok) throw nameBrokenConnection(next.cause, host, await secrets());
		if (next.value.done) return;
		yield next.value.value;
	}
}

/** The whole answer from its first byte on; throws when it is shorter than announced. */
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
			yield next.value;
		}
		if (received < announced) {
			throw rule.truncated(`${received} of ${announced} announced bytes arrived.`);
		}
	} finally {
		// Also if the reader has had enough: an answer left open would hold its connection.
		body.destroy();
	}
}
