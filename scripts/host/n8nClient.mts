import { Credentials } from './api/credentials.mts';
import { DataTables } from './api/dataTables.mts';
import { Executions } from './api/executions.mts';
import { N8nSession } from './api/session.mts';
import { Workflows } from './api/workflows.mts';

/**
 * Does in a running n8n what its owner does in the editor: one part for each page.
 *
 * @example
 * const client = await N8nClient.login(await startN8n({ userFolder }));
 * const credential = await client.credentials.create({ name: 'Rakuten', type, data });
 * const { id } = await client.workflows.save(withCredential(json, nodeType, type, credential));
 * const execution = await client.executions.run(id, { trigger: 'When clicking' });
 * execution.assertSucceeded().json('Rakuten Advertising');
 * await client.dataTables.rows('rakuten_earnings');
 */
export class N8nClient {
	readonly url: string;
	readonly session: N8nSession;
	readonly credentials: Credentials;
	readonly workflows: Workflows;
	readonly executions: Executions;
	readonly dataTables: DataTables;

	private constructor(session: N8nSession) {
		this.url = session.url;
		this.session = session;
		this.credentials = new Credentials(session);
		this.workflows = new Workflows(session);
		this.executions = new Executions(session);
		this.dataTables = new DataTables(session);
	}

	static async login(n8n: { url: string; email: string; password: string }): Promise<N8nClient> {
		return new N8nClient(await N8nSession.login(n8n.url, n8n.email, n8n.password));
	}
}
