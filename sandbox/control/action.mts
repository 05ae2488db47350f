import type { SandboxState } from './state.mts';

/** What a control request contains: its JSON body, its query, and the variable part of the path. */
export interface Call {
	body: any;
	query: URLSearchParams;
	rest: string;
	origin: string;
}

export type Action = (state: SandboxState, call: Call) => unknown;
