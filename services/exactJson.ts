import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { parseExactJson } from '../rakuten/service/exactJson';
import { readFault } from '../rakuten/service/readFault';
import type { Decoder } from './ask';
import { brokenOff } from './problem';

/** What an answer of JSON brought. */
export interface JsonData {
	/** Numbers are the texts they were written in (see parseExactJson); undefined for an empty body. */
	readonly value: unknown;
	/** Its header Date (ms); undefined without that header. */
	readonly answeredAt: number | undefined;
}

/** Reads JSON with exact numbers. */
export const exactJson: Decoder<JsonData> = {
	headers: { Accept: 'application/json' },
	encoding: 'text',
	async read(answer, { host }, { method }) {
		const body = textOf(answer);
		const status = answer.statusCode;
		if (!isData(status, body)) return { refusal: body };
		const isEmpty = body.trim() === '';
		// If it were read as "nothing there", an answer lost on its way would leave lines out.
		if (method === 'GET' && isEmpty && status !== 204) {
			throw brokenOff('the answer is empty', host.remedy);
		}
		const value = isEmpty ? undefined : parseExactJson(body.replace(/^\uFEFF/, ''));
		return { data: { value, answeredAt: dateOf(answer) } };
	},
};

/** The text of an answer that was asked for as text. */
export const textOf = ({ body }: IN8nHttpFullResponse): string =>
	typeof body === 'string' ? body : '';

function isData(status: number, body: string): boolean {
	if (status < 200 || status >= 300) return false;
	const { form, code } = readFault(body);
	// The older gateway's faults, should they come with 200.
	return form === 'empty' || (form === 'json' && (code === undefined || code < 900_000));
}

function dateOf({ headers }: IN8nHttpFullResponse): number | undefined {
	const at = typeof headers.date === 'string' ? Date.parse(headers.date) : Number.NaN;
	return Number.isNaN(at) ? undefined : at;
}
