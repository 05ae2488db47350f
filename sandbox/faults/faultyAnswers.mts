import { v1Refusal, type Answer } from '../host/answers.mts';
import type { Exchange } from '../host/exchange.mts';
import { notEntitled, rateLimited, unauthorized } from '../host/gatewayRefusals.mts';
import type { Fault, RefusalShape } from './faults.mts';
import { truncatedText } from './truncation.mts';

/**
 * Answers a request as a fault has it. `slow` and `damagedRow` are not answers, and are handled
 * elsewhere.
 * @param whole the answer there would be without the fault
 */
export async function answerFault(
	exchange: Exchange,
	fault: Fault,
	whole: Pick<Answer, 'type' | 'text'>,
): Promise<void> {
	const said = (text: string) =>
		fault.echoUrl ? `${text} (${hostOf(exchange)}${exchange.request.url})` : text;
	switch (fault.kind) {
		case 'tooManyRequests':
			exchange.json(
				429,
				{ message: said('Too many requests. Try again later.') },
				retryAfter(fault),
			);
			return;
		case 'tooLarge':
			refuse(exchange, fault.status ?? 499, 'message', said('The request took too long.'));
			return;
		case 'serverError':
			refuse(
				exchange,
				fault.status ?? 500,
				fault.shape ?? (exchange.entry.api === 'reporting' ? 'message' : 'v1'),
				said('Internal server error'),
			);
			return;
		case 'refusal':
			refuse(
				exchange,
				fault.status ?? 403,
				fault.shape ?? 'errors',
				said(fault.message ?? 'Forbidden'),
			);
			return;
		case 'jsonRefusal':
			refuse(exchange, 200, fault.shape ?? 'errors', said(fault.message ?? 'The report failed.'));
			return;
		case 'html':
			exchange.send(fault.status ?? 200, 'text/html; charset=utf-8', loginPage(said('Log in')));
			return;
		case 'plainText':
			refuse(exchange, 200, 'text', said(fault.message ?? 'You cannot request this report now.'));
			return;
		case 'emptyBody':
			exchange.send(200, whole.type || 'application/json', '');
			return;
		case 'reset':
			exchange.cut('reset');
			return;
		case 'wrongLength':
			await answerWrongLength(exchange, whole, fault.by);
			return;
		case 'truncated':
			await answerTruncated(exchange, whole, fault.how ?? 'destroy');
			return;
		case 'unauthorized':
			sendAnswer(exchange, unauthorized(fault.as ?? 'empty', 'wrong'));
			return;
		case 'rateLimited':
			sendAnswer(exchange, rateLimited(fault.as ?? 'text'));
			return;
		case 'notEntitled':
			sendAnswer(exchange, notEntitled(fault.as ?? 'text'));
			return;
		default:
			throw new Error(`${fault.kind} is not an answer`);
	}
}

/** A refusal in one of the shapes seen: `{"errors":[…]}`, `{"message":…}`, plain text, or as v1 APIs. */
export function refuse(
	exchange: Exchange,
	status: number,
	shape: RefusalShape,
	...messages: string[]
): void {
	const message = messages.join('; ');
	if (shape === 'v1') sendAnswer(exchange, v1Refusal(status, message));
	else if (shape === 'text') exchange.send(status, 'text/plain; charset=utf-8', `${message}\n`);
	else exchange.json(status, shape === 'errors' ? { errors: messages } : { message });
}

function sendAnswer(exchange: Exchange, { status, type, text, headers }: Answer): void {
	exchange.send(status, type, text, headers);
}

function retryAfter(fault: Fault & { kind: 'tooManyRequests' }): Record<string, string> {
	if (fault.retryAfter === undefined) return {};
	// An HTTP date has whole seconds; two ahead is surely in the future.
	if (fault.retryAfter === 'date') {
		return { 'retry-after': new Date(Date.now() + 2000).toUTCString() };
	}
	return { 'retry-after': String(fault.retryAfter) };
}

/**
 * Content-Length is off by this many bytes, and the connection is closed after the body. Bytes
 * beyond the announced ones come a little later, so that a client has its (too short) answer by
 * then.
 */
async function answerWrongLength(
	exchange: Exchange,
	{ type, text }: Pick<Answer, 'type' | 'text'>,
	by: number,
): Promise<void> {
	const bytes = Buffer.from(text);
	const announced = Math.max(0, bytes.length + by);
	exchange.head(200, {
		'content-type': type,
		'content-length': String(announced),
		connection: 'close',
	});
	exchange.entry.end = 'cut';
	await exchange.part(bytes.subarray(0, announced));
	if (by < 0) {
		await exchange.wait(20);
		await exchange.part(bytes.subarray(announced));
	}
	exchange.response.end();
}

async function answerTruncated(
	exchange: Exchange,
	whole: Pick<Answer, 'type' | 'text'>,
	how: NonNullable<(Fault & { kind: 'truncated' })['how']>,
): Promise<void> {
	const text = truncatedText(whole.text, how);
	if (how === 'strayQuote') {
		exchange.send(200, whole.type, text);
		return;
	}
	const broken = how === 'destroy' || how === 'destroyChunked';
	const length: Record<string, string> =
		how === 'destroy' ? { 'content-length': String(Buffer.byteLength(whole.text)) } : {};
	// Chunks would say that this is the end, so nothing does: the connection closes.
	if (!broken) exchange.response.removeHeader('transfer-encoding');
	exchange.head(200, { 'content-type': whole.type, ...length });
	await exchange.part(text);
	if (broken) {
		// Time for the bytes to arrive, so that it is the body that breaks and not the answer.
		await exchange.wait(20);
		exchange.cut('close');
	} else {
		exchange.response.end();
	}
}

function hostOf(exchange: Exchange): string {
	return `http://${exchange.request.headers.host ?? 'localhost'}`;
}

function loginPage(title: string): string {
	const escaped = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	return `<!DOCTYPE html>\n<html><head><title>${escaped}</title></head><body><form method="post"><input name="username"></form></body></html>\n`;
}
