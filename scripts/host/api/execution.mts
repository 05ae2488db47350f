import { parseFlatted } from './flatted.mts';

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: 'new' | 'running' | 'waiting' | 'success' | 'error' | 'crashed' | 'canceled' | 'unknown';
	mode: string;
	startedAt: string | null;
	stoppedAt: string | null;
}

export interface ItemBinary {
	/** Set in filesystem and database mode; `executions.file(binary)` returns the file. */
	id?: string;
	/** The file itself as base64 in memory mode. */
	data: string;
	fileName?: string;
	mimeType: string;
	bytes?: number;
}

export interface Item {
	json: Record<string, unknown>;
	binary?: Record<string, ItemBinary>;
	pairedItem?: unknown;
}

/** One run of one node (a node in a loop has several). */
export interface NodeRun {
	executionStatus?: string;
	executionTime: number;
	/** Items by output; an output that was not reached is null. */
	data?: { main: Array<Item[] | null> };
	error?: { message: string; description?: string; [other: string]: unknown };
	hints?: Array<{ message: string; type?: string; location?: string }>;
}

interface RunData {
	resultData: {
		runData: Record<string, NodeRun[]>;
		error?: NodeRun['error'];
		lastNodeExecuted?: string;
	};
}

/** An execution with its data, as the Executions page shows it. */
export class Execution {
	readonly id: string;
	readonly status: ExecutionSummary['status'];
	readonly mode: string;
	readonly startedAt: string | null;
	readonly stoppedAt: string | null;
	/** By node name, in the order of the runs. Nodes that did not run are absent. */
	readonly runs: Record<string, NodeRun[]>;
	/** What ended the execution, if something did. */
	readonly error: NodeRun['error'];
	readonly lastNode: string | undefined;
	/** All data as stored, e.g. to search it for something that must not be in it. */
	readonly stored: string;

	constructor(answer: ExecutionSummary & { data: string }) {
		const { resultData } = parseFlatted(answer.data) as RunData;
		this.id = answer.id;
		this.status = answer.status;
		this.mode = answer.mode;
		this.startedAt = answer.startedAt;
		this.stoppedAt = answer.stoppedAt;
		this.runs = resultData.runData;
		this.error = resultData.error;
		this.lastNode = resultData.lastNodeExecuted;
		this.stored = answer.data;
	}

	/** The items a node put out on one output: of all its runs together, or of one run (from 0). */
	items(node: string, output = 0, run?: number): Item[] {
		const runs = this.runs[node] ?? [];
		const chosen = run === undefined ? runs : runs.slice(run, run + 1);
		return chosen.flatMap(({ data }) => data?.main?.[output] ?? []);
	}

	/** The same without files and item links. */
	json(node: string, output = 0, run?: number): Array<Record<string, unknown>> {
		return this.items(node, output, run).map((item) => item.json);
	}

	/** The execution hints of a node, of all its runs. */
	hints(node: string): string[] {
		return (this.runs[node] ?? []).flatMap(({ hints }) => hints ?? []).map((hint) => hint.message);
	}

	/** Throws what ended the execution unless it succeeded. */
	assertSucceeded(): this {
		if (this.status === 'success') return this;
		const { message, description } = this.error ?? { message: 'no reason was stored' };
		const at = this.lastNode ? ` at "${this.lastNode}"` : '';
		throw new Error(
			`Execution ${this.id} ended with status ${this.status}${at}: ${[message, description].filter(Boolean).join(' – ')}`,
		);
	}
}
