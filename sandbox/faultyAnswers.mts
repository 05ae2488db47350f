import type { Exchange } from './exchange.mts';
import type { Fault, RefusalShape } from './faults.mts';
import { truncatedText } from './truncation.mts';

const CSV = 'text/csv; charset=utf-8';

/** Answers a request as a fault has it. `slow` and `damagedRow` are not answers, and not for here. */
export async function answerFault(exchange: Exchange, fault: Fault, report: string): Promise<void> {
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
				fault.shape ?? 'message',
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
			exchange.send(200, CSV, '');
			return;
		case 'reset':
			exchange.cut('reset');
			return;
		case 'wrongLength':
			await answerWrongLength(exchange, report, fault.by);
			return;
		case 'truncated':
			await answerTruncated(exchange, report, fault.how ?? 'destroy');
			return;
		default:
			throw new Error(`${fault.kind} is no answer`);
	}
}

/** A refusal in one of the shapes seen: `{"errors":[…]}`, `{"message":…}`, or plain text. */
export function refuse(
	exchange: Exchange,
	status: number,
	shape: RefusalShape,
	...messages: string[]
): void {
	const message = messages.join('; ');
	if (shape === 'text') exchange.send(status, 'text/plain; charset=utf-8', `${message}\n`);
	else exchange.json(status, shape === 'errors' ? { errors: messages } : { message });
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
 * Content-Length is off by so many bytes, and the connection is closed after the body. Bytes beyond
 * the announced ones come a little later, so that a client has its (too short) answer by then.
 */
async function answerWrongLength(exchange: Exchange, report: string, by: number): Promise<void> {
	const bytes = Buffer.from(report);
	const announced = Math.max(0, bytes.length + by);
	exchange.head(200, {
		'content-type': CSV,
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
	report: string,
	how: NonNullable<(Fault & { kind: 'truncated' })['how']>,
): Promise<void> {
	const text = truncatedText(report, how);
	if (how === 'strayQuote') {
		exchange.send(200, CSV, text);
		return;
	}
	const broken = how === 'destroy' || how === 'destroyChunked';
	const length: Record<string, string> =
		how === 'destroy' ? { 'content-length': String(Buffer.byteLength(report)) } : {};
	exchange.head(200, { 'content-type': CSV, ...length });
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
