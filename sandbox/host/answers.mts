/** A whole answer, before anything goes wrong with it. */
export interface Answer {
	status: number;
	type: string;
	text: string;
	headers?: Record<string, string>;
}

export function jsonAnswer(
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
): Answer {
	return { status, type: 'application/json; charset=utf-8', text: JSON.stringify(body), headers };
}

/** A status without a body. */
export function bareAnswer(status: number, headers: Record<string, string> = {}): Answer {
	return { status, type: '', text: '', headers };
}

export function textAnswer(status: number, text: string): Answer {
	return { status, type: 'text/plain; charset=utf-8', text };
}

/** A refusal as the v1 APIs word it: `{"message": …, "error": …}`. */
export function v1Refusal(status: number, message: string): Answer {
	return jsonAnswer(status, { message, error: V1_ERRORS[status] ?? 'UNEXPECTED_ERROR' });
}

const V1_ERRORS: Record<number, string> = {
	400: 'REQUEST_PARAM_INVALID',
	403: 'FORBIDDEN',
	404: 'RESOURCE_NOT_FOUND',
	405: 'METHOD_NOT_ALLOWED',
};

/** A refusal of the old gateway; codes 900800 (throttling) and 900901 to 900908 (tokens). */
export function wso2Fault(status: number, code: number, message: string, said: string): Answer {
	const [prefix, space] =
		code === 900800 ? (['amt', 'throttling'] as const) : (['ams', 'security'] as const);
	const text =
		`<${prefix}:fault xmlns:${prefix}="http://wso2.org/apimanager/${space}">` +
		`<${prefix}:code>${code}</${prefix}:code><${prefix}:message>${xml(message)}</${prefix}:message>` +
		`<${prefix}:description>${xml(said)}</${prefix}:description></${prefix}:fault>`;
	return { status, type: 'application/xml; charset=UTF-8', text };
}

function xml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
