import type { CredentialReference } from '../scripts/host/api/credentials.mts';
import type { WorkflowJson, WorkflowNode } from '../scripts/host/api/workflows.mts';

/** One way to get a report's rows into a workflow. */
export interface Way {
	/** As it is shown in tables. */
	name: string;
	/** Id of its workflow and path of its webhook. */
	id: string;
	/** The nodes between the trigger and the Limit. */
	nodes(source: ReportSource): WorkflowNode[];
	/** Whether it ends in a file instead of one item for each row. */
	isFile: boolean;
}

export interface ReportSource {
	/** The report's address, token included, for nodes that know nothing of Rakuten. */
	url: string;
	reportKey: string;
	from: string;
	to: string;
	credential: CredentialReference;
}

/** What a user does without this package. Settings are the nodes' own, but for the byte order mark. */
export const coreNodes: Way = {
	name: 'HTTP Request + Extract From File',
	id: 'benchCoreNodes01',
	isFile: false,
	nodes: ({ url }) => [
		node('HTTP Request', 'n8n-nodes-base.httpRequest', 4.2, {
			method: 'GET',
			url,
			options: { response: { response: { responseFormat: 'file' } } },
		}),
		node('Extract From File', 'n8n-nodes-base.extractFromFile', 1, {
			operation: 'csv',
			options: { enableBOM: true },
		}),
	],
};

export const ownHeaders = rakuten('own headers', 'benchOwnHeaders1', 'items', 'report');
export const normalized = rakuten('normalized', 'benchNormalized1', 'items', 'normalized');
export const jsonLines = rakuten('JSON Lines file', 'benchJsonLines01', 'jsonl', 'normalized');
export const csvFile = rakuten('CSV file', 'benchCsvFile0001', 'csv', 'report');

export const ways: readonly Way[] = [coreNodes, ownHeaders, normalized, jsonLines, csvFile];

/** One window and one request; all other options are the node's own. */
function rakuten(name: string, id: string, output: string, columnNames: string): Way {
	return {
		name: `Rakuten Advertising, ${name}`,
		id,
		isFile: output !== 'items',
		nodes: ({ reportKey, from, to, credential }) => [
			node(
				'Rakuten Advertising',
				'n8n-nodes-rakuten-advertising.rakutenAdvertising',
				1,
				{
					resource: 'report',
					operation: 'get',
					report: { __rl: true, mode: 'list', value: reportKey },
					dateRange: 'custom',
					startDate: from,
					endDate: to,
					dateType: 'transaction',
					networks: 'all',
					output,
					columnNames,
					options: { daysPerRequest: 366 },
				},
				{ credentials: { rakutenReportingApi: credential } },
			),
		],
	};
}

/**
 * The workflow of a way: started by a webhook (in a running n8n) or by hand (`n8n execute`), then
 * its nodes, then a Limit that keeps the last item. Executions are not saved.
 */
export function workflowOf(way: Way, source: ReportSource): WorkflowJson {
	const webhook = node(
		'Webhook',
		'n8n-nodes-base.webhook',
		2,
		{ path: way.id, httpMethod: 'GET', responseMode: 'lastNode', options: {} },
		{ webhookId: way.id },
	);
	const manual = node('Manual', 'n8n-nodes-base.manualTrigger', 1, {});
	const chain = [
		...way.nodes(source),
		node('Limit', 'n8n-nodes-base.limit', 1, { maxItems: 1, keep: 'lastItems' }),
	];
	const connections = Object.fromEntries([
		...[webhook, manual].map((trigger) => [trigger.name, connectionTo(chain[0])]),
		...chain.slice(0, -1).map(({ name }, index) => [name, connectionTo(chain[index + 1])]),
	]) as Record<string, unknown>;
	return {
		id: way.id,
		name: way.name,
		nodes: [webhook, manual, ...chain],
		connections,
		settings: {
			executionOrder: 'v1',
			saveDataSuccessExecution: 'none',
			saveDataErrorExecution: 'none',
			saveManualExecutions: false,
			saveExecutionProgress: false,
		},
	};
}

const connectionTo = ({ name }: WorkflowNode) => ({
	main: [[{ node: name, type: 'main', index: 0 }]],
});

function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
	more: Partial<WorkflowNode> = {},
): WorkflowNode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters, ...more };
}
