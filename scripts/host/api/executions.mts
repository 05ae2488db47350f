import { setTimeout as sleep } from 'node:timers/promises';
import { Execution, type ExecutionSummary, type ItemBinary } from './execution.mts';
import type { N8nSession } from './session.mts';

const POLL_MS = 250;
const DEFAULT_TIMEOUT_MS = 10 * 60_000;
const RUNNING = new Set<string>(['new', 'running']);

export interface WaitOptions {
	/** Default: ten minutes. */
	timeoutMs?: number;
	/** Whether to return when the execution waits (Wait node, form page). Default: wait on. */
	untilWaiting?: boolean;
}

export interface RunOptions extends WaitOptions {
	/** Name of the trigger node to start from. */
	trigger: string;
	/** Run only up to this node, as *Execute step* does. */
	upTo?: string;
}

/** The editor's Execute button and the Executions page. */
export class Executions {
	private readonly session: N8nSession;

	constructor(session: N8nSession) {
		this.session = session;
	}

	/** Starts the saved workflow by hand, with pinned data for nodes that have it. Returns its id. */
	async start(workflowId: string, options: RunOptions): Promise<string> {
		const executionId = await this.execute(workflowId, options);
		if (!executionId) {
			const { trigger } = options;
			throw new Error(`The trigger "${trigger}" waits for a call from outside instead of starting`);
		}
		return executionId;
	}

	/**
	 * *Listen for test event*: from now on, for two minutes or until a call has come, the trigger's
	 * test URL answers. Throws when the trigger starts at once instead.
	 */
	async listen(workflowId: string, options: Pick<RunOptions, 'trigger' | 'upTo'>): Promise<void> {
		if (await this.execute(workflowId, options)) {
			throw new Error(`The trigger "${options.trigger}" does not wait for a call from outside`);
		}
	}

	/** Ends the listening. */
	async stopListening(workflowId: string): Promise<void> {
		await this.session.request('DELETE', `/test-webhook/${workflowId}`);
	}

	/** The id of the execution; undefined when n8n waits for a call at the trigger's test URL. */
	private async execute(
		workflowId: string,
		{ trigger, upTo }: Pick<RunOptions, 'trigger' | 'upTo'>,
	): Promise<string | undefined> {
		const { executionId } = await this.session.request<{ executionId?: string }>(
			'POST',
			`/workflows/${workflowId}/run`,
			{
				triggerToStartFrom: { name: trigger },
				...(upTo && { destinationNode: { nodeName: upTo, mode: 'inclusive' } }),
			},
		);
		return executionId;
	}

	/** Starts the saved workflow by hand and waits for its end, whether or not it succeeds. */
	async run(workflowId: string, options: RunOptions): Promise<Execution> {
		const id = await this.start(workflowId, options);
		return await this.wait(workflowId, id, options);
	}

	/** Waits until the execution is over and returns it with its data. */
	async wait(workflowId: string, id: string, options: WaitOptions = {}): Promise<Execution> {
		const deadline = Date.now() + (options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
		for (;;) {
			const found = (await this.list(workflowId)).find((summary) => summary.id === id);
			const goesOn =
				found &&
				(RUNNING.has(found.status) || (found.status === 'waiting' && !options.untilWaiting));
			if (found && !goesOn) return await this.get(id);
			if (Date.now() > deadline) {
				throw new Error(`Execution ${id} is still ${found?.status ?? 'not to be found'}`);
			}
			await sleep(POLL_MS);
		}
	}

	/** Newest first, at most 100, of one workflow or of all. */
	async list(workflowId?: string): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify(workflowId ? { workflowId } : {}));
		const { results } = await this.session.request<{ results: ExecutionSummary[] }>(
			'GET',
			`/executions?limit=100&filter=${filter}`,
		);
		return results;
	}

	async get(id: string): Promise<Execution> {
		return new Execution(await this.session.request('GET', `/executions/${id}`));
	}

	/** The Stop button. */
	async stop(id: string): Promise<void> {
		await this.session.request('POST', `/executions/${id}/stop`, {});
	}

	/** The bytes of a file that an item carries. */
	async file(binary: ItemBinary): Promise<Buffer> {
		if (!binary.id) return Buffer.from(binary.data, 'base64');
		const query = new URLSearchParams({ id: binary.id, action: 'download' });
		return await this.session.download(`/binary-data?${query}`);
	}
}
