import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Field } from './fields/field';

/** Items for a node's outputs; `second` and `third` only for operations that have so many. */
export interface OperationResult {
	/** Items that name no input item are paired with the one, or the ones, they were made from. */
	readonly first: INodeExecutionData[];
	readonly second?: INodeExecutionData[];
	readonly third?: INodeExecutionData[];
}

/** A credential that an operation needs. */
export interface CredentialUse {
	/** The credential type's name, e.g. `rakutenReportingApi`. */
	readonly name: string;
	/** Only if this field of the operation has one of these values. */
	readonly when?: { readonly field: Field; readonly is: ReadonlyArray<string | boolean> };
}

interface OperationParts {
	/** Label in the Operation menu, in Title Case, e.g. `Get`. */
	readonly name: string;
	readonly value: string;
	/** Sentence for the node's action list, without articles, e.g. `Get report`. */
	readonly action: string;
	readonly description: string;
	readonly fields: readonly Field[];
	/** The credentials it needs if these differ from the resource's. */
	readonly credentials?: readonly CredentialUse[];
	/** The outputs if there is more than one: two or three. */
	readonly outputs?: readonly Output[];
	/**
	 * Whether an AI agent may use it. Only operations that read and return items: nobody checks
	 * what an agent changes or writes before it is done.
	 */
	readonly isForAgents: boolean;
}

/** One of several outputs. */
export interface Output {
	/** As the editor labels it, e.g. `Rejected`. */
	readonly label: string;
	/**
	 * What its items are called for an agent, which gets those of all outputs together, e.g.
	 * `rejected`.
	 */
	readonly outcome: string;
}

/** An operation that works on one input item at a time. */
export interface ItemOperation extends OperationParts {
	/** Runs for one input item; throws RakutenProblem or NodeOperationError. */
	run(context: IExecuteFunctions, itemIndex: number): Promise<OperationResult>;
}

/** An operation that needs several input items at once. */
export interface BatchOperation extends OperationParts {
	/** Runs for the input items with these indexes; throws RakutenProblem or NodeOperationError. */
	runAll(context: IExecuteFunctions, items: readonly number[]): Promise<OperationResult>;
	/**
	 * The batches that the input is worked on in, each by itself; one of all items where this is left
	 * out. An item that is in no batch is left out.
	 */
	batches?(context: IExecuteFunctions): ReadonlyArray<readonly number[]>;
}

/**
 * One operation, whole: what the user picks, the fields they fill in, and what happens. Menus,
 * visibility of fields, credentials, outputs and dispatch are derived from the list of operations, so
 * adding one means adding its file and naming it in its resource.
 */
export type Operation = ItemOperation | BatchOperation;

/** A thing of Rakuten's that operations work on. */
export interface Resource {
	/** Label in the Resource menu, singular, in Title Case. */
	readonly name: string;
	readonly value: string;
	readonly description: string;
	/** What its operations need, unless they say otherwise themselves. */
	readonly credentials: readonly CredentialUse[];
	/** In alphabetical order, as n8n shows them. */
	readonly operations: readonly Operation[];
	/** The operation that is chosen when the resource is. */
	readonly defaultOperation: Operation;
}

/** Operations or resources in alphabetical order, as n8n wants its menus. */
export const byName = <E extends { readonly name: string }>(entries: readonly E[]): E[] =>
	[...entries].sort((a, b) => a.name.localeCompare(b.name));

/** The credentials that an operation needs. */
export const credentialsOf = (resource: Resource, operation: Operation) =>
	operation.credentials ?? resource.credentials;
