import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';

/** A sandbox with little data, on the real day, as the API host is used. */
export async function developerSandbox(
	options: Parameters<typeof startSandbox>[0] = {},
): Promise<Sandbox> {
	return await startSandbox({ months: 2, requestsPerMinute: 0, ...options });
}

export interface Called {
	status: number;
	headers: Headers;
	text: string;
	/** Undefined if the text is not JSON. */
	json: any;
}

/** One request to the API host; a `body` that is not a string is sent as JSON. */
export async function call(
	sandbox: Sandbox,
	method: string,
	path: string,
	{ token, body, headers = {} }: CallOptions = {},
): Promise<Called> {
	const json = body !== undefined && typeof body !== 'string';
	const answer = await fetch(sandbox.url + path, {
		method,
		headers: {
			...(token !== undefined && { authorization: `Bearer ${token}` }),
			...(json && { 'content-type': 'application/json' }),
			...headers,
		},
		...(body !== undefined && { body: json ? JSON.stringify(body) : (body as string) }),
	});
	const text = await answer.text();
	return { status: answer.status, headers: answer.headers, text, json: parsed(text) };
}

export interface CallOptions {
	token?: string;
	body?: unknown;
	headers?: Record<string, string>;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** The key that stands for an application: base64 of id and secret. */
export function keyOf(id: string, secret: string): string {
	return Buffer.from(`${id}:${secret}`).toString('base64');
}

/** A request for a token as documented, unless told otherwise. */
export async function askForToken(
	sandbox: Sandbox,
	{
		key = keyOf(sandbox.developer.clientId, sandbox.developer.clientSecret),
		scheme = 'Bearer',
		form = `scope=${sandbox.developer.siteId}`,
		type = 'application/x-www-form-urlencoded',
	} = {},
): Promise<Called> {
	return await call(sandbox, 'POST', '/token', {
		body: form,
		headers: { 'content-type': type, ...(key !== '' && { authorization: `${scheme} ${key}` }) },
	});
}

/** A token that works. */
export async function tokenFor(sandbox: Sandbox): Promise<string> {
	const answer = await askForToken(sandbox);
	expect(answer.status).toBe(200);
	return answer.json.access_token as string;
}

/** Instants as the Events API takes them. */
export function eventsDate(ms: number): string {
	return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
