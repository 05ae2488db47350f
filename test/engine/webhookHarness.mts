import 'reflect-metadata';
import './environment.mts';

import { createRequire } from 'node:module';

import { HookContext, WebhookContext, WorkflowExecute } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHookFunctions,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IWebhookData,
	IWebhookDescription,
	IWebhookFunctions,
	IWorkflowExecuteAdditionalData,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createRunExecutionData, resolveWebhookDescriptionField, Workflow } from 'n8n-workflow';

const ofCore = createRequire(require.resolve('n8n-core'));
const { Container } = ofCore('@n8n/di') as { Container: { get<T>(type: unknown): T } };
const { Logger } = ofCore('@n8n/backend-common') as { Logger: unknown };

/** A request as n8n hands it to a node: query and body are parsed already. */
export interface WebhookRequest {
	method?: 'GET' | 'POST';
	query?: unknown;
	body?: unknown;
	headers?: Record<string, string>;
}

/** What the sender of a request gets, and what n8n starts for it. */
export interface WebhookAnswer {
	status: number;
	body: string;
	/** Items by output; undefined if no execution is started. */
	outputs: INodeExecutionData[][] | undefined;
	/** The JSON of the one item that there is. */
	item: IDataObject | undefined;
	/** Milliseconds until the answer was given. */
	answeredAfter: number;
}

export interface TriggerHostSettings {
	parameters?: INodeParameters;
	credential?: { type: ICredentialType; data: Record<string, unknown> };
	/** The address of this n8n. */
	url?: string;
}

const hookNames = ['checkExists', 'create', 'delete'] as const;
type Hook = (typeof hookNames)[number];

/**
 * Does to one trigger node what n8n 2.41 does (its webhook service, publication and live webhooks),
 * with the hook and webhook contexts of n8n-core and a database that is a JSON text.
 */
export class TriggerHost {
	/** The static data as n8n's database has it. */
	saved = '{}';
	url: string;
	readonly node: INode;
	credential: TriggerHostSettings['credential'];
	/** Hooks that were called, in order, by method. */
	readonly hooks: string[] = [];
	readonly log: Array<{ level: string; text: string }> = [];
	private readonly type: INodeType;
	/** The static data of the test webhooks, from listening to its end. */
	private listening: Workflow | undefined;

	constructor(type: INodeType, { parameters = {}, credential, url }: TriggerHostSettings = {}) {
		this.type = type;
		this.url = url ?? 'https://n8n.example.com';
		this.credential = credential;
		this.node = {
			id: '0b9c5a3e-2222-4333-8444-955566667777',
			name: type.description.defaults.name ?? 'Trigger',
			type: 'tested',
			typeVersion: Number(type.description.version),
			webhookId: '5c9f3d0e-1111-4222-8333-944455556666',
			position: [0, 0],
			parameters,
			credentials: credential
				? { [credential.type.name]: { id: '1', name: credential.type.displayName } }
				: undefined,
		};
		const logger = Container.get<Record<string, (text: string) => void>>(Logger);
		for (const level of ['debug', 'info', 'warn', 'error']) {
			logger[level] = (text: string) => void this.log.push({ level, text });
		}
	}

	get parameters(): INodeParameters {
		return this.node.parameters;
	}

	/** Activates as n8n does: what fails is taken down again, and the problem thrown. */
	async activate(mode: WorkflowActivateMode = 'activate'): Promise<void> {
		const workflow = this.workflow(true);
		for (const webhook of this.webhooks(workflow)) {
			try {
				if (!(await this.hook('checkExists', workflow, webhook, 'trigger', mode))) {
					await this.hook('create', workflow, webhook, 'trigger', mode);
				}
			} catch (problem) {
				await this.hook('delete', workflow, webhook, 'internal', 'update').catch(() => undefined);
				this.save(workflow);
				throw problem;
			}
		}
		this.save(workflow);
	}

	/** Deactivates as n8n does: both methods at once. Throws the first problem, after all are done. */
	async deactivate(): Promise<void> {
		const workflow = this.workflow(true);
		const results = await Promise.allSettled(
			this.webhooks(workflow).map(
				async (webhook) => await this.hook('delete', workflow, webhook, 'internal', 'update'),
			),
		);
		this.save(workflow);
		for (const result of results) if (result.status === 'rejected') throw result.reason;
	}

	async publish(): Promise<void> {
		await this.deactivate();
		await this.activate('update');
	}

	/** Selects the editor's listen button. */
	async listen(): Promise<void> {
		const workflow = this.workflow(false, '{}');
		this.listening = workflow;
		for (const webhook of this.webhooks(workflow, true)) {
			if (!(await this.hook('checkExists', workflow, webhook, 'manual', 'manual'))) {
				await this.hook('create', workflow, webhook, 'manual', 'manual');
			}
		}
	}

	/** Two minutes later, or after the first test event. */
	async stopListening(): Promise<void> {
		const workflow = this.listening!;
		for (const webhook of this.webhooks(workflow, true)) {
			await this.hook('delete', workflow, webhook, 'internal', 'update');
		}
		this.listening = undefined;
	}

	/** Sends a request to the production URL, or to the test URL. */
	async request(
		{ method = 'GET', query = {}, body, headers = {} }: WebhookRequest,
		{ test = false, response = new FakeResponse() as ResponseLike } = {},
	): Promise<WebhookAnswer> {
		const started = performance.now();
		let answeredAfter = Number.NaN;
		response.onEnd = () => void (answeredAfter = performance.now() - started);
		const workflow = test ? this.workflow(false, '{}') : this.workflow(true);
		const webhook = this.webhooks(workflow, test).find((each) => each.httpMethod === method)!;
		const mode: WorkflowExecuteMode = test ? 'manual' : 'webhook';
		const additionalData = this.additionalData({
			httpRequest: { method, query, body, headers, params: {} },
			httpResponse: response,
		});
		const node = workflow.getNode(this.node.name)!;
		const context = new WebhookContext(workflow, node, additionalData, mode, webhook, [], null);
		const result = await this.type.webhook!.call(context as unknown as IWebhookFunctions);
		expect(workflow.staticData.__dataChanged ?? false).toBe(false);
		if (!response.headersSent && !result.noWebhookResponse) {
			const responseData = this.described(workflow, webhook, 'responseData', mode);
			response.writeHead(200, {});
			response.end(responseData === 'noData' ? '' : String(responseData));
		}
		const outputs = result.workflowData as INodeExecutionData[][] | undefined;
		const items = (outputs ?? []).flat();
		return {
			status: response.statusCode,
			body: response.text ?? '',
			outputs,
			item: items.length === 1 ? items[0].json : undefined,
			answeredAfter,
		};
	}

	/** When n8n answers, as the node's description has it. */
	responseMode(): unknown {
		const workflow = this.workflow(true);
		return this.described(workflow, this.webhooks(workflow)[0], 'responseMode', 'webhook');
	}

	/** Runs the execution that a request starts; what arrives after each output. */
	async execute(outputs: INodeExecutionData[][]): Promise<INodeExecutionData[][]> {
		const workflow = this.workflow(true);
		const engine = new WorkflowExecute(
			this.additionalData(),
			'webhook',
			createRunExecutionData({
				executionData: {
					nodeExecutionStack: [
						{ node: workflow.getNode(this.node.name)!, data: { main: outputs }, source: null },
					],
				},
			}),
		);
		const run = await engine.processRunExecutionData(workflow);
		return ['First', 'Second'].map(
			(name) => run.data.resultData.runData[name]?.[0]?.data?.main[0] ?? [],
		);
	}

	/** The production URLs' common beginning, without query. */
	address(): string {
		return `${this.url}/webhook/${this.webhooks(this.workflow(true))[0].path}`;
	}

	/** What the log holds, of a level or of all. */
	logged(level?: string): string {
		return this.log
			.filter((each) => level === undefined || each.level === level)
			.map(({ text }) => text)
			.join('\n');
	}

	private async hook(
		name: Hook,
		workflow: Workflow,
		webhook: IWebhookData,
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
	): Promise<boolean> {
		this.hooks.push(`${webhook.httpMethod} ${name}`);
		const context = new HookContext(
			workflow,
			workflow.getNode(this.node.name)!,
			webhook.workflowExecuteAdditionalData,
			mode,
			activation,
			webhook,
		);
		return await this.type.webhookMethods!.default![name].call(
			context as unknown as IHookFunctions,
		);
	}

	private save(workflow: Workflow): void {
		if (workflow.staticData.__dataChanged) this.saved = JSON.stringify(workflow.staticData);
	}

	private workflow(active: boolean, staticData = this.saved): Workflow {
		const types: Record<string, INodeType> = { tested: this.type, sink };
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
			active,
			settings: { executionOrder: 'v1' },
			nodes: [structuredClone(this.node), behind('First', '2'), behind('Second', '3')],
			connections: {
				[this.node.name]: {
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
			staticData: JSON.parse(staticData) as IDataObject,
		});
	}

	/** One for each method, as n8n makes them. */
	private webhooks(workflow: Workflow, isTest = false): IWebhookData[] {
		const node = workflow.getNode(this.node.name)!;
		return this.type.description.webhooks!.flatMap((webhookDescription) => {
			const path = String(
				fieldOf(workflow, node, webhookDescription, 'path', 'internal') ?? '',
			).replace(/^\/|\/$/g, '');
			return String(webhookDescription.httpMethod)
				.split(',')
				.map((httpMethod) => ({
					httpMethod: httpMethod.trim() as 'GET',
					node: node.name,
					path: `${node.webhookId}/${path}`,
					webhookDescription,
					workflowId: 'engineTest',
					workflowExecuteAdditionalData: this.additionalData(),
					...(isTest ? { isTest } : {}),
				}));
		});
	}

	private described(
		workflow: Workflow,
		{ webhookDescription }: IWebhookData,
		property: 'responseMode' | 'responseData',
		mode: WorkflowExecuteMode,
	): unknown {
		const node = workflow.getNode(this.node.name)!;
		return fieldOf(workflow, node, webhookDescription, property, mode);
	}

	private additionalData(more: object = {}): IWorkflowExecuteAdditionalData {
		return {
			credentialsHelper: this.credentialsHelper(),
			currentNodeExecutionIndex: 0,
			restApiUrl: `${this.url}/rest`,
			instanceBaseUrl: this.url,
			formWaitingBaseUrl: `${this.url}/form-waiting`,
			webhookBaseUrl: `${this.url}/webhook`,
			webhookWaitingBaseUrl: `${this.url}/webhook-waiting`,
			webhookTestBaseUrl: `${this.url}/webhook-test`,
			variables: {},
			executionId: '1',
			hooks: { runHook: async () => undefined, addHandler: () => undefined },
			...more,
		} as unknown as IWorkflowExecuteAdditionalData;
	}

	/** As n8n's own: the token that preAuthentication brings is stored in the credential. */
	private credentialsHelper() {
		const { credential } = this;
		return {
			getParentTypes: () => [],
			isCredentialUsableByNode: () => true,
			async authenticate(
				data: ICredentialDataDecryptedObject,
				_name: string,
				options: IHttpRequestOptions,
			) {
				const authenticate = credential?.type.authenticate;
				return typeof authenticate === 'function' ? await authenticate(data, options) : options;
			},
			async preAuthentication(
				helpers: IHttpRequestHelper,
				data: ICredentialDataDecryptedObject,
				_name: string,
				_node: INode,
				isExpired: boolean,
			) {
				const expirable = credential?.type.properties.find(
					({ type, typeOptions }) => type === 'hidden' && typeOptions?.expirable,
				);
				if (!expirable || (data[expirable.name] !== '' && !isExpired)) return undefined;
				const output = await credential!.type.preAuthentication!.call(helpers, data);
				Object.assign(credential!.data, output);
				return output;
			},
			runPreAuthentication: async () => undefined,
			getDecrypted: async () => ({ accessToken: '', ...credential?.data }),
			getCredentialsProperties: () => credential?.type.properties ?? [],
			updateCredentials: async () => undefined,
			updateCredentialsOauthTokenData: async () => undefined,
		};
	}
}

/** A field of a webhook's description, by its resolver if n8n knows of those and it has one. */
function fieldOf(
	workflow: Workflow,
	node: INode,
	description: IWebhookDescription,
	field: 'path' | 'responseMode' | 'responseData',
	mode: WorkflowExecuteMode,
): unknown {
	const native = resolveWebhookDescriptionField(node, description, field);
	return native.resolved
		? native.value
		: workflow.expression.getSimpleParameterValue(node, description[field], mode, {});
}

/** What the harness needs of an HTTP response. */
export interface ResponseLike {
	statusCode: number;
	readonly headersSent: boolean;
	text?: string;
	onEnd?: () => void;
	writeHead(status: number, headers: Record<string, string>): unknown;
	end(body?: string): unknown;
}

/** A response that is kept instead of sent. */
export class FakeResponse implements ResponseLike {
	statusCode = 0;
	headersSent = false;
	text = '';
	onEnd?: () => void;

	writeHead(status: number): void {
		if (this.headersSent) throw new Error('the head was written twice');
		this.statusCode = status;
		this.headersSent = true;
	}

	end(body = ''): void {
		this.text += body;
		this.onEnd?.();
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
