import type { N8nSession } from './session.mts';

/** How a node names the credential it uses. */
export interface CredentialReference {
	id: string;
	name: string;
}

export interface NewCredential {
	name: string;
	/** e.g. `rakutenReportingApi`. */
	type: string;
	data: Record<string, unknown>;
}

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

/** The Credentials page. */
export class Credentials {
	private readonly session: N8nSession;

	constructor(session: N8nSession) {
		this.session = session;
	}

	async create(credential: NewCredential): Promise<CredentialReference> {
		const { id, name } = await this.session.request<CredentialReference>(
			'POST',
			'/credentials',
			credential,
		);
		return { id, name };
	}

	/** Replaces the given fields of the credential; the others keep their values. */
	async update(id: string, credential: NewCredential): Promise<void> {
		await this.session.request('PATCH', `/credentials/${id}`, credential);
	}

	/**
	 * What the editor does on *Retry* in the credential's window: sends back what it was given for
	 * display (secrets blanked) and has the stored credential tested.
	 * @param typed fields as if they had just been typed in and not saved yet
	 */
	async test(id: string, typed: Record<string, unknown> = {}): Promise<CredentialTestResult> {
		const credentials = await this.session.request<Record<string, unknown>>(
			'GET',
			`/credentials/${id}?includeData=true`,
		);
		const { name, type, data } = credentials;
		return await this.session.request('POST', '/credentials/test', {
			credentials: { id, name, type, data: { ...(data as object), ...typed } },
		});
	}

	/** What the editor gets for display: secrets are blanked. */
	async shown(id: string): Promise<Record<string, unknown>> {
		const { data } = await this.session.request<{ data: Record<string, unknown> }>(
			'GET',
			`/credentials/${id}?includeData=true`,
		);
		return data;
	}

	async list(): Promise<Array<CredentialReference & { type: string }>> {
		return await this.session.request('GET', '/credentials');
	}

	async delete(id: string): Promise<void> {
		await this.session.request('DELETE', `/credentials/${id}`);
	}
}
