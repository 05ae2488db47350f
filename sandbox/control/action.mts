import type { SandboxState } from './state.mts';

/** What a control request brings: its JSON body, its query, and what the path leaves open. */
export interface Call {
	body: any;
	query: URLSearchParams;
	rest: string;
	origin: string;
}

export type Action = (state: SandboxState, call: Call) => unknown;
