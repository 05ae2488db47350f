import 'reflect-metadata';
import './environment.mts';

import { ExecuteContext, RoutingNode } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	INode,
	INodeType,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { createEmptyRunExecutionData, Workflow } from 'n8n-workflow';

import { credentialsHelper } from './storedCredential.mts';
import type { UsedCredential } from './storedCredential.mts';

/** What the editor shows after a credential test. */
export interface TestResult {
	status: 'OK' | 'Error';
	message: string;
}

/**
 * Tests a credential as the editor does when it is saved (CredentialsTester of n8n 2.41): n8n's
 * declarative node asks for a new token, sends the type's test request, and looks up in the rules
 * what the answer's status means.
 */
export async function testCredential(used: UsedCredential): Promise<TestResult> {
	const test = used.type.test as ICredentialTestRequest;
	const { name } = used.type;
	const data = (await used.stored?.read()) ?? used.data ?? {};
	const nodeType = {
		description: {
			displayName: 'No Operation',
			name: 'n8n-nodes-base.noOp',
			group: ['organization'],
			version: 1,
			description: '',
			defaults: { name: 'No Operation' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: test.request },
					default: '',
				},
			],
		},
	} as unknown as INodeType;
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [name]: { id: '1', name: used.type.displayName } },
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
	});
	const decrypted = { id: '1', name: used.type.displayName, type: name, data };
	const context = new ExecuteContext(
		workflow,
		workflow.getNode('Temp-Node')!,
		additionalData(used, data),
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node: workflow.getNode('Temp-Node')!, data: {}, source: null } as never,
		[],
	);
	try {
		await workflow.expression.acquireIsolate();
		await new RoutingNode(context, nodeType, decrypted).runNode();
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return { status: 'Error', message: shown(error as TestFailure, test) };
	} finally {
		await workflow.expression.releaseIsolate();
	}
}

type TestFailure = Error & {
	cause?: { code?: string; response?: { status: number; statusText: string } };
};

function shown(error: TestFailure, { rules = [] }: ICredentialTestRequest): string {
	const response = error.cause?.response;
	if (!response) return error.cause?.code ?? error.message;
	const rule = rules.find(
		({ type, properties }) => type === 'responseCode' && properties.value === response.status,
	);
	return rule?.properties.message ?? response.statusText;
}

function additionalData(
	used: UsedCredential,
	data: ICredentialDataDecryptedObject,
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: { ...credentialsHelper([used]), getDecrypted: async () => data },
		currentNodeExecutionIndex: 0,
		restApiUrl: 'http://127.0.0.1/rest',
		instanceBaseUrl: 'http://127.0.0.1',
		webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
		formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
		variables: {},
		currentNodeParameters: {},
		hooks: { runHook: async () => undefined, addHandler: () => undefined },
	} as unknown as IWorkflowExecuteAdditionalData;
}
