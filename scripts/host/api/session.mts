/** An answer of n8n with a status other than 2xx. The message is n8n's own. */
export class N8nRefusal extends Error {
	readonly status: number;

	constructor(request: string, status: number, message: string) {
		super(`n8n answered ${request} with ${status}: ${message}`);
		this.name = 'N8nRefusal';
		this.status = status;
	}
}

/**
 * One login at n8n's own REST interface (`/rest/…`), the one its editor uses: requests carry the
 * cookie that n8n gave at login.
 */
export class N8nSession {
	readonly url: string;
	private readonly cookie: string;

	private constructor(url: string, cookie: string) {
		this.url = url;
		this.cookie = cookie;
	}

	static async login(url: string, email: string, password: string): Promise<N8nSession> {
		const answer = await fetch(`${url}/rest/login`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ emailOrLdapLoginId: email, password }),
		});
		if (!answer.ok) throw new N8nRefusal('POST /login', answer.status, await reasonOf(answer));
		const cookie = answer.headers
			.getSetCookie()
			.map((header) => header.split(';')[0])
			.join('; ');
		return new N8nSession(url, cookie);
	}

	/**
	 * Sends a request to `/rest<path>` and returns the answer's JSON, unwrapped from `data` if that
	 * is all there is. Throws `N8nRefusal`.
	 */
	async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await this.send(method, path, body);
		const json = (await answer.json()) as Record<string, unknown>;
		const wrapped = Object.keys(json).length === 1 && 'data' in json;
		return (wrapped ? json.data : json) as T;
	}

	/** The same for an answer that is a file. */
	async download(path: string): Promise<Buffer> {
		const answer = await this.send('GET', path);
		return Buffer.from(await answer.arrayBuffer());
	}

	private async send(method: string, path: string, body?: unknown): Promise<Response> {
		const answer = await fetch(`${this.url}/rest${path}`, {
			method,
			headers: { cookie: this.cookie, 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		if (!answer.ok) {
			throw new N8nRefusal(`${method} ${path}`, answer.status, await reasonOf(answer));
		}
		return answer;
	}
}

async function reasonOf(answer: Response): Promise<string> {
	const text = await answer.text();
	try {
		return (JSON.parse(text) as { message?: string }).message ?? text;
	} catch {
		return text.slice(0, 500);
	}
}
