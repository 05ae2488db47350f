import 'reflect-metadata';
import './environment.mts';

import { createRequire } from 'node:module';

import {
	BinaryDataService,
	HookContext,
	LoadOptionsContext,
	PollContext,
	WorkflowExecute,
} from 'n8n-core';
import type {
	IBinaryData,
	IDataObject,
	IHookFunctions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IPollFunctions,
	IRun,
	IWorkflowExecuteAdditionalData,
	NodeExecutionHint,
	OnError,
} from 'n8n-workflow';
import { createRunExecutionData, Workflow } from 'n8n-workflow';

import { credentialsHelper } from './storedCredential.mts';
import type { UsedCredential } from './storedCredential.mts';

/** A node run in n8n-core's own execution engine: its outputs, or its error, as a workflow sees them. */
export interface NodeRun {
	/** Items by output. */
	outputs: INodeExecutionData[][];
	error: (Error & { description?: string | null }) | undefined;
	hints: NodeExecutionHint[];
	status: string;
	/** Everything the engine keeps of the run, as text: for searching it for secrets. */
	everything: string;
}

export interface NodeRunSettings {
	node: INodeType;
	parameters: INodeParameters;
	credentials?: UsedCredential[];
	items?: IDataObject[];
	/** Items with files, in place of `items`. */
	inputItems?: INodeExecutionData[];
	onError?: OnError;
	/** Runs the node as n8n does for an AI agent: under the type name that n8n makes of it then. */
	asTool?: boolean;
	/** Makes n8n's binary store refuse everything, as a full disk does. */
	failingStore?: boolean;
	/** Cancels the execution when it aborts, as the editor's stop button does. */
	cancel?: AbortSignal;
}

const start: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: "Emits the test's items",
		defaults: { name: 'Start' },
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		return [[{ json: {} }]];
	},
};

/** The container n8n-core itself uses; another version of it may be at the top of node_modules. */
const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as {
	Container: { get<T>(type: new (...args: never[]) => T): T };
};

/** The bytes of a file in the binary store. */
export async function readBinary(file: IBinaryData): Promise<Buffer> {
	return await Container.get(BinaryDataService).getAsBuffer(file);
}

/** Puts a file into the binary store, as another node or a form does. */
export async function storeBinary(
	content: string | Uint8Array,
	fileName: string,
	mimeType = 'text/csv',
): Promise<IBinaryData> {
	const location = { type: 'execution', workflowId: 'engineTest', executionId: '1' } as const;
	return await Container.get(BinaryDataService).store(location, Buffer.from(content as string), {
		data: '',
		fileName,
		mimeType,
	});
}

/** Prepares the binary store (filesystem mode, in a folder of its own). Call once, before all tests. */
export async function prepareEngine(): Promise<void> {
	await Container.get(BinaryDataService).init();
}

/** Runs one node behind a trigger that emits `items`, with credentials as n8n applies them. */
export async function runNode(settings: NodeRunSettings): Promise<NodeRun> {
	const workflow = workflowOf(settings);
	const store = jest.spyOn(Container.get(BinaryDataService), 'store');
	if (settings.failingStore) {
		store.mockRejectedValue(new Error('ENOSPC: no space left on device'));
	}
	const run = await execute(workflow, settings).finally(() => store.mockRestore());
	const { runData } = run.data.resultData;
	const data = runData.Tested?.[0];
	return {
		outputs: (data?.data?.main ?? []).map((output) => output ?? []),
		error: (data?.error ?? run.data.resultData.error) as NodeRun['error'],
		hints: (data?.hints ?? []) as NodeExecutionHint[],
		status: run.status,
		everything: JSON.stringify(run, replaceErrors),
	};
}

/** The other contexts of n8n in which a node can send requests, for a node with these settings. */
export function otherContexts(settings: NodeRunSettings): {
	hook: IHookFunctions;
	poll: IPollFunctions;
	loadOptions: ILoadOptionsFunctions;
} {
	const workflow = workflowOf(settings);
	const node = workflow.getNode('Tested')!;
	const data = additionalDataOf(settings);
	return {
		hook: new HookContext(workflow, node, data, 'trigger', 'activate') as IHookFunctions,
		poll: new PollContext(workflow, node, data, 'trigger', 'activate') as IPollFunctions,
		loadOptions: new LoadOptionsContext(workflow, node, data, '') as ILoadOptionsFunctions,
	};
}

function workflowOf(settings: NodeRunSettings): Workflow {
	const { node, parameters, credentials = [], items = [{}] } = settings;
	const type = settings.asTool ? 'testedTool' : 'tested';
	const types: Record<string, INodeType> = { start, [type]: settings.asTool ? toolOf(node) : node };
	return new Workflow({
		id: 'engineTest',
		name: 'Engine test',
		active: false,
		settings: { executionOrder: 'v1' },
		nodes: [
			{
				id: '1',
				name: 'Start',
				type: 'start',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: '2',
				name: 'Tested',
				type,
				typeVersion: 1,
				position: [200, 0],
				parameters,
				onError: settings.onError,
				credentials: Object.fromEntries(
					credentials.map(({ type }) => [type.name, { id: '1', name: type.displayName }]),
				),
			},
		],
		connections: { Start: { main: [[{ node: 'Tested', type: 'main', index: 0 }]] } },
		nodeTypes: {
			getByName: (name) => types[name],
			getByNameAndVersion: (name) => types[name],
			getKnownTypes: () => ({}),
		},
		pinData: { Start: settings.inputItems ?? items.map((json) => ({ json })) } as never,
	});
}

const toolOf = (node: INodeType): INodeType =>
	Object.create(node, {
		description: { value: { ...node.description, name: `${node.description.name}Tool` } },
	}) as INodeType;

function additionalDataOf(settings: NodeRunSettings): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: credentialsHelper(settings.credentials ?? []),
		currentNodeExecutionIndex: 0,
		restApiUrl: 'http://127.0.0.1/rest',
		instanceBaseUrl: 'http://127.0.0.1',
		formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
		webhookBaseUrl: 'http://127.0.0.1/webhook',
		webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
		webhookTestBaseUrl: 'http://127.0.0.1/webhook-test',
		variables: {},
		executionId: '1',
		hooks: { runHook: async () => undefined, addHandler: () => undefined },
	} as unknown as IWorkflowExecuteAdditionalData;
}

async function execute(workflow: Workflow, settings: NodeRunSettings): Promise<IRun> {
	const additionalData = additionalDataOf(settings);
	const engine = new WorkflowExecute(
		additionalData,
		'manual',
		createRunExecutionData({
			resultData: { pinData: workflow.pinData },
			executionData: {
				nodeExecutionStack: [
					{
						node: workflow.getNode('Start')!,
						data: { main: [workflow.pinData!.Start as INodeExecutionData[]] },
						source: null,
					},
				],
			},
		}),
	);
	const running = engine.processRunExecutionData(workflow);
	settings.cancel?.addEventListener('abort', () => running.cancel());
	return await running;
}

/** JSON drops an error's message and cause; a search for secrets must see them. */
function replaceErrors(this: unknown, _key: string, value: unknown): unknown {
	if (!(value instanceof Error)) return value;
	return {
		...Object.fromEntries(Object.entries(value)),
		name: value.name,
		message: value.message,
		stack: value.stack,
		cause: value.cause,
	};
}
