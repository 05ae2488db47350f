import 'reflect-metadata';
import './environment.mts';

import { createRequire } from 'node:module';

import { PollContext, PollTriggerExecutor, WorkflowExecute } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IPollFunctions,
	IWorkflowExecuteAdditionalData,
	WorkflowActivateMode,
} from 'n8n-workflow';
import { createRunExecutionData, Workflow } from 'n8n-workflow';

const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as {
	Container: { get<T>(type: unknown): T };
};

/** What happens to an emission: n8n stores the state and starts the execution in two steps. */
export type EmissionFate =
	'fine' | 'killedBefore' | 'killedAfterSaving' | 'killedAfterStarting' | 'saveFails';

export interface PollHostSettings {
	/** Loads the node as a process of n8n that starts does: with a memory of its own. */
	loadNode: () => INodeType;
	parameters?: INodeParameters;
	credentials?: Array<{ type: ICredentialType; data: Record<string, unknown> }>;
	/** With n8n's durable scheduler and cursors: the state is stored with the execution. */
	isDurable?: boolean;
	/** How long a poll may take: five minutes, unless the durable scheduler does it. */
	budgetMilliseconds?: number;
}

/**
 * Does to one polling node what n8n 2.41 does (activation, poll executor, static data service), with
 * the poll context and executor of n8n-core and a database that is a JSON text. The state is stored
 * with an emission and after activation, and not after a poll that brings nothing.
 */
export class PollHost {
	/** The workflow's static data as n8n's database has it. */
	saved: string | undefined;
	/** Items by output, of each execution that was started. */
	readonly executions: INodeExecutionData[][][] = [];
	/** What polls threw, after activation. */
	readonly failures: Array<Error & { description?: string }> = [];
	fate: EmissionFate = 'fine';
	parameters: INodeParameters;
	nodeName = 'Rakuten Transaction Trigger';
	private readonly settings: PollHostSettings;
	private type: INodeType;
	private isKilled = false;
	private run: ((isActivation?: boolean) => Promise<void>) | undefined;
	/** n8n's row for the durable cursor. */
	private cursor: IDataObject | undefined;

	constructor(settings: PollHostSettings) {
		this.settings = settings;
		this.parameters = settings.parameters ?? {};
		this.type = settings.loadNode();
	}

	/** Activates the workflow, or publishes it again; throws what the poll throws. */
	async activate(mode: WorkflowActivateMode = 'activate'): Promise<void> {
		const workflow = this.workflow();
		this.isKilled = false;
		this.run = this.executor(workflow, mode);
		await this.run(true);
		if (!this.isKilled) this.save(workflow);
	}

	/** n8n is started again, with nothing but what it has stored. */
	async boot(fate: EmissionFate = 'fine'): Promise<void> {
		this.changeProcess();
		this.fate = fate;
		await this.activate('init');
	}

	/**
	 * Another process of n8n takes the next polls: a new one, or the one given.
	 *
	 * @returns the one before, which lives on
	 */
	changeProcess(to = this.settings.loadNode()): INodeType {
		const before = this.type;
		this.type = to;
		return before;
	}

	/** A poll at one of its times; n8n keeps what it throws. */
	async poll(): Promise<void> {
		if (this.settings.isDurable) this.run = this.executor(this.workflow(), 'update');
		await this.run!();
	}

	/** Fetches a test event in the editor; items by output. */
	async fetchTestEvent(): Promise<INodeExecutionData[][] | null> {
		const workflow = this.workflow();
		const context = new PollContext(
			workflow,
			this.nodeOf(workflow),
			this.additionalData(),
			'manual',
			'manual',
		);
		const outputs = await this.type.poll!.call(context as unknown as IPollFunctions);
		expect(workflow.staticData.__dataChanged ?? false).toBe(false);
		return outputs;
	}

	get credentials(): NonNullable<PollHostSettings['credentials']> {
		return this.settings.credentials ?? [];
	}

	/** The stored credential of a type. */
	credential(type: string): Record<string, unknown> {
		return this.settings.credentials!.find((each) => each.type.name === type)!.data;
	}

	/** The JSON of everything that executions got, by output. */
	items(output: number): IDataObject[] {
		return this.executions.flatMap((outputs) => (outputs[output] ?? []).map(({ json }) => json));
	}

	/** Runs an execution in n8n's engine; what arrives after each output. */
	async execute(outputs: INodeExecutionData[][]): Promise<INodeExecutionData[][]> {
		const workflow = this.workflow();
		const engine = new WorkflowExecute(
			this.additionalData(),
			'trigger',
			createRunExecutionData({
				executionData: {
					nodeExecutionStack: [
						{ node: this.nodeOf(workflow), data: { main: outputs }, source: null },
					],
				},
			}),
		);
		const run = await engine.processRunExecutionData(workflow);
		return ['First', 'Second'].map(
			(name) => run.data.resultData.runData[name]?.[0]?.data?.main[0] ?? [],
		);
	}

	private executor(workflow: Workflow, mode: WorkflowActivateMode) {
		const context = this.settings.isDurable
			? this.durableContext(workflow, mode)
			: this.context(workflow, mode);
		return Container.get<PollTriggerExecutor>(PollTriggerExecutor).create(
			workflow,
			this.nodeOf(workflow),
			context as unknown as IPollFunctions,
			() => true,
		);
	}

	private context(workflow: Workflow, mode: WorkflowActivateMode): PollContext {
		return new PollContext(
			workflow,
			this.nodeOf(workflow),
			this.additionalData(),
			'trigger',
			mode,
			(outputs) => {
				if (this.fate === 'killedBefore') this.isKilled = true;
				if (this.isKilled) return;
				if (this.fate !== 'saveFails' && this.fate !== 'killedAfterStarting') this.save(workflow);
				if (this.fate !== 'killedAfterSaving') this.executions.push(structuredClone(outputs));
				this.isKilled = this.fate.startsWith('killed');
			},
			(problem) => void this.failures.push(problem),
			undefined,
			undefined,
			undefined,
			this.settings.budgetMilliseconds === undefined
				? undefined
				: () => this.settings.budgetMilliseconds!,
		);
	}

	/** Hands out a copy of the cursor, and stores it with the execution or after a poll without one. */
	private durableContext(workflow: Workflow, mode: WorkflowActivateMode): PollContext {
		let snapshot: IDataObject = {};
		return new PollContext(
			workflow,
			this.nodeOf(workflow),
			this.additionalData(),
			'trigger',
			mode,
			(outputs) => {
				if (this.fate === 'killedBefore') return;
				this.cursor = structuredClone(snapshot);
				this.executions.push(structuredClone(outputs));
			},
			(problem) => void this.failures.push(problem),
			async () => void (this.cursor = structuredClone(snapshot)),
			async (poll) => {
				snapshot = structuredClone(this.cursor ?? {});
				return await poll();
			},
			() => snapshot,
			() => 36_000,
		);
	}

	private save(workflow: Workflow): void {
		if (!workflow.staticData.__dataChanged) return;
		this.saved = JSON.stringify(workflow.staticData);
		workflow.staticData.__dataChanged = false;
	}

	private nodeOf = (workflow: Workflow): INode => workflow.getNode(this.nodeName)!;

	private workflow(): Workflow {
		const types: Record<string, INodeType> = { tested: this.type, sink };
		const { credentials = [] } = this.settings;
		const behind = (name: string, id: string): INode => ({
			id,
			name,
			type: 'sink',
			typeVersion: 1,
			position: [200, 0],
			parameters: {},
		});
		return new Workflow({
			id: 'engineTest',
			name: 'Engine test',
			active: true,
			settings: { executionOrder: 'v1' },
			nodes: [
				{
					id: '0b9c5a3e-3333-4333-8444-955566667777',
					name: this.nodeName,
					type: 'tested',
					typeVersion: 1,
					position: [0, 0],
					parameters: structuredClone(this.parameters),
					credentials: Object.fromEntries(
						credentials.map(({ type }) => [type.name, { id: '1', name: type.displayName }]),
					),
				},
				behind('First', '2'),
				behind('Second', '3'),
			],
			connections: {
				[this.nodeName]: {
					main: [
						[{ node: 'First', type: 'main', index: 0 }],
						[{ node: 'Second', type: 'main', index: 0 }],
					],
				},
			},
			nodeTypes: {
				getByName: (name) => types[name],
				getByNameAndVersion: (name) => types[name],
				getKnownTypes: () => ({}),
			},
			staticData: this.saved === undefined ? undefined : (JSON.parse(this.saved) as IDataObject),
		});
	}

	private additionalData(): IWorkflowExecuteAdditionalData {
		return {
			credentialsHelper: this.credentialsHelper(),
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

	/** As n8n's own: the token that preAuthentication brings is stored in the credential. */
	private credentialsHelper() {
		const of = (name: string) => this.settings.credentials?.find(({ type }) => type.name === name);
		return {
			getParentTypes: () => [],
			isCredentialUsableByNode: () => true,
			async authenticate(
				data: ICredentialDataDecryptedObject,
				name: string,
				options: IHttpRequestOptions,
			) {
				const authenticate = of(name)?.type.authenticate;
				return typeof authenticate === 'function' ? await authenticate(data, options) : options;
			},
			async preAuthentication(
				helpers: IHttpRequestHelper,
				data: ICredentialDataDecryptedObject,
				name: string,
				_node: INode,
				isExpired: boolean,
			) {
				const credential = of(name)!;
				const expirable = credential.type.properties.find(
					({ type, typeOptions }) => type === 'hidden' && typeOptions?.expirable,
				);
				if (!expirable || (data[expirable.name] !== '' && !isExpired)) return undefined;
				const output = await credential.type.preAuthentication!.call(helpers, data);
				Object.assign(credential.data, output);
				return output;
			},
			runPreAuthentication: async () => undefined,
			getDecrypted: async (_additional: unknown, _details: unknown, name: string) => ({
				accessToken: '',
				...of(name)?.data,
			}),
			getCredentialsProperties: (name: string) => of(name)?.type.properties ?? [],
			updateCredentials: async () => undefined,
			updateCredentialsOauthTokenData: async () => undefined,
		};
	}
}

const sink: INodeType = {
	description: {
		displayName: 'Sink',
		name: 'sink',
		group: ['output'],
		version: 1,
		description: 'Takes what comes',
		defaults: { name: 'Sink' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};
