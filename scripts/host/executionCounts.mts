import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Executions of a workflow by status, e.g. `{ success: 1200 }`. */
export type ExecutionCounts = Record<string, number>;

/**
 * Looks into the database of an n8n with SQLite, for what its pages don't show: they stop counting
 * executions at a hundred. n8n may be running.
 */
export class ExecutionCounter {
	private readonly database: DatabaseSync;

	constructor(userFolder: string) {
		this.database = new DatabaseSync(path.join(userFolder, '.n8n', 'database.sqlite'), {
			readOnly: true,
		});
	}

	/** @param afterId only those that were started after this one */
	counts(workflowId: string, afterId = 0): ExecutionCounts {
		const rows = this.database
			.prepare(
				'SELECT status, count(*) AS number FROM execution_entity WHERE workflowId = ? AND id > ? GROUP BY status',
			)
			.all(workflowId, afterId);
		return Object.fromEntries(rows.map((row) => [String(row.status), Number(row.number)]));
	}

	/** Of those that are over, however they ended. */
	ended(workflowId: string, afterId = 0): number {
		return Object.entries(this.counts(workflowId, afterId))
			.filter(([status]) => !['new', 'running', 'waiting'].includes(status))
			.reduce((sum, [, number]) => sum + number, 0);
	}

	/** The id of the newest one of any workflow, 0 when there is none. */
	lastId(): number {
		const row = this.database.prepare('SELECT max(id) AS id FROM execution_entity').get();
		return Number(row?.id ?? 0);
	}

	/** What the nodes of a workflow have stored in it, as JSON. */
	staticData(workflowId: string): string {
		const row = this.database
			.prepare('SELECT staticData FROM workflow_entity WHERE id = ?')
			.get(workflowId);
		return String(row?.staticData ?? '');
	}

	/** The same of all workflows together. */
	allStaticData(): string {
		const rows = this.database.prepare('SELECT staticData FROM workflow_entity').all();
		return rows.map((row) => String(row.staticData ?? '')).join('\n');
	}

	close(): void {
		this.database.close();
	}
}
