import { OperationalError, sleep } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';

import { reportPath, reportQuery } from '../../rakuten/report/reportRequest';
import type { ReportQuery } from '../../rakuten/report/reportRequest';
import { outcomeOf } from '../../rakuten/outcome';
import type { Outcome } from '../../rakuten/outcome';
import { throwIfCancelled } from '../pause';
import { paceKey, waitForTurn } from '../pacing';
import { nameAnswer, nameBrokenConnection, truncated } from './reportingProblem';
import { reportingCredential } from './reportingConnection';
import type { ReportingConnection, ReportingContext } from './reportingConnection';

/** A report on its way: CSV bytes, verified to be no web page, refusal or fragment. */
export interface ReportAnswer {
	/** The bytes; throws a ReportingProblem when they break off or are fewer than announced. */
	readonly bytes: AsyncIterable<Uint8Array>;
	/** Makes a Node stream of bytes, for n8n's binary store. */
	readonly toStream: (bytes: AsyncIterable<Uint8Array>) => ReportStream;
}

/** A Node Readable, whose type may not be imported in a verified package. */
export type ReportStream = Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0];

/** Enough of a refusal to quote it; reports themselves are never held here. */
const refusalBytes = 4096;

/**
 * Asks for one report: waits for the token's turn, sends `GET {language}/reports/{key}/filters` and
 * looks at the status and the first bytes. Throws a ReportingProblem; never a raw HTTP error, which
 * would hold the URL and with it the token.
 */
export async function openReport(
	context: ReportingContext,
	connection: ReportingConnection,
	query: ReportQuery,
	timeoutSeconds: number,
): Promise<ReportAnswer> {
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	await waitForTurn(paceKey(connection.token), connection.secondsBetweenRequests, signal);
	const outcome = await outcomeOf(
		context.helpers.httpRequestWithAuthentication.call(context, reportingCredential, {
			method: 'GET',
			baseURL: connection.baseUrl,
			url: reportPath(query),
			qs: reportQuery(query) as IDataObject,
			arrayFormat: 'repeat',
			// Lengths can be compared only where the bytes arrive as they were counted.
			headers: { Accept: 'text/csv', 'Accept-Encoding': 'identity' },
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: timeoutSeconds * 1000,
		}) as Promise<IN8nHttpFullResponse>,
	);
	throwIfCancelled(signal);
	if (!outcome.ok) throw nameBrokenConnection(outcome.cause, connection.token);
	const response = outcome.value;
	const body = response.body as unknown as ReportBody;
	const bytes = receivedBytes(body, connection.token, timeoutSeconds, signal);
	const { first, isReport } = await readOpening(bytes, response.statusCode);
	if (!isReport) {
		body.destroy();
		throw nameAnswer(
			{
				status: response.statusCode,
				headers: response.headers as Record<string, unknown>,
				body: first.toString('utf8'),
			},
			connection.token,
		);
	}
	const announced = Number(response.headers['content-length'] ?? Number.NaN);
	return {
		bytes: countedBytes(body, first, bytes, announced),
		toStream: (each) => body.constructor.from(each),
	};
}

/** The parts of a Node Readable that are used here. */
type ReportBody = AsyncIterable<Uint8Array> & {
	readonly destroyed: boolean;
	destroy(cause?: Error): void;
	constructor: { from(bytes: AsyncIterable<Uint8Array>): ReportStream };
};

/** Reads up to the first telling byte, or, where it is no report, enough to quote. */
async function readOpening(
	bytes: AsyncIterator<Uint8Array>,
	status: number,
): Promise<{ first: Buffer; isReport: boolean }> {
	let first = Buffer.alloc(0);
	let isReport: boolean | undefined = status === 200 ? undefined : false;
	while (isReport === undefined || (!isReport && first.length < refusalBytes)) {
		const next = await bytes.next();
		if (next.done) break;
		first = Buffer.concat([first, next.value]);
		if (status === 200) isReport = startsLikeReport(first);
	}
	return { first, isReport: isReport ?? true };
}

/** Undefined while only blanks have come; words in place of CSV are recognised by their header. */
function startsLikeReport(first: Buffer): boolean | undefined {
	const text = first
		.toString('utf8')
		.replace(/^\uFEFF/, '')
		.trimStart();
	return text === '' ? undefined : !/^[<[{]/.test(text);
}

/** How often a silent answer is looked at. */
const watchMilliseconds = 1000;

/**
 * The bytes as they come, any failure named. An answer that has fallen silent is ended: the HTTP
 * client's own time-out ends with the headers, and a body that never comes would hold the workflow
 * for ever.
 */
async function* receivedBytes(
	body: ReportBody,
	token: string,
	timeoutSeconds: number,
	signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
	const iterator = body[Symbol.asyncIterator]();
	let waitingSince: number | undefined;
	let endWait: (outcome: Outcome<never>) => void = () => undefined;
	const silence: { is?: Outcome<never> } = {};
	/** Ends the waiting when the answer has fallen silent, or the execution was cancelled. */
	const watch = async (): Promise<void> => {
		for (;;) {
			await sleep(watchMilliseconds);
			if (body.destroyed) return;
			const waited = waitingSince === undefined ? 0 : Date.now() - waitingSince;
			if (signal?.aborted || waited > timeoutSeconds * 1000) {
				body.destroy();
				silence.is = { ok: false, cause: new OperationalError('timeout: no more bytes came') };
				endWait(silence.is);
			}
		}
	};
	void watch();
	for (;;) {
		waitingSince = Date.now();
		// Each wait has a promise of its own, which the watch can end, because destroying a body does
		// not end the wait for its next bytes in every n8n. One promise raced with every wait would
		// keep all that they brought, the whole report, until the last.
		const next =
			silence.is ??
			(await new Promise<Outcome<IteratorResult<Uint8Array>>>((resolve) => {
				endWait = resolve;
				void outcomeOf(iterator.next()).then(resolve);
			}));
		waitingSince = undefined;
		throwIfCancelled(signal);
		if (!next.ok) throw nameBrokenConnection(next.cause, token);
		if (next.value.done) return;
		yield next.value.value;
	}
}

/** The whole answer from its first byte on; throws when it is shorter than announced. */
async function* countedBytes(
	body: ReportBody,
	first: Uint8Array,
	rest: AsyncIterator<Uint8Array>,
	announced: number,
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
			throw truncated(`${received} of ${announced} announced bytes arrived.`);
		}
	} finally {
		// Also when the reader has had enough: an answer left open would hold its connection.
		body.destroy();
	}
}
