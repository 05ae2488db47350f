import type { CredentialReference } from '../scripts/host/api/credentials.mts';
import type { WorkflowJson, WorkflowNode } from '../scripts/host/api/workflows.mts';

/** One way to get a report's rows into a workflow. */
export interface Way {
	/** As it is shown in tables. */
	name: string;
	/** Id of its workflow and path of its webhook. */
	id: string;
	/** The nodes between the webhook and the Limit. */
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
	/** Where the workflow calls while n8n holds all items. */
	heldUrl: string;
}

/**
 * What a user does without this package. Settings are the nodes' defaults, except for the byte
 * order mark.
 */
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

export const ownHeaders = rakuten('own headers', 'benchOwnHeaders1', { columnNames: 'report' });
export const allFields = rakuten('all fields', 'benchAllFields01', { simplify: false });
export const simplified = rakuten('simplified', 'benchSimplified1', {});
export const jsonLines = rakuten('JSON Lines file', 'benchJsonLines01', {
	output: 'jsonl',
	simplify: false,
});
export const csvFile = rakuten('CSV file', 'benchCsvFile0001', {
	output: 'csv',
	columnNames: 'report',
});

export const ways: readonly Way[] = [
	coreNodes,
	ownHeaders,
	allFields,
	simplified,
	jsonLines,
	csvFile,
];

interface Layout {
	output?: 'csv' | 'jsonl';
	columnNames?: 'report' | 'normalized';
	simplify?: boolean;
}

/** One window and one request; all other options, and what `layout` does not say, are the node's own. */
function rakuten(name: string, id: string, layout: Layout): Way {
	return {
		name: `Rakuten Advertising, ${name}`,
		id,
		isFile: layout.output !== undefined,
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
					...layout,
					options: { daysPerRequest: 366 },
				},
				{ credentials: { rakutenReportingApi: credential } },
			),
		],
	};
}

/**
 * The workflow of a way: a webhook, its nodes, then a Limit that keeps the last item, which is the
 * webhook's answer. While n8n holds items, it calls `heldUrl`. Executions are not saved.
 */
export function workflowOf(way: Way, source: ReportSource): WorkflowJson {
	const chain = [
		node(
			'Webhook',
			'n8n-nodes-base.webhook',
			2,
			{ path: way.id, httpMethod: 'GET', responseMode: 'lastNode', options: {} },
			{ webhookId: way.id },
		),
		...way.nodes(source),
		node('Limit', 'n8n-nodes-base.limit', 1, { maxItems: 1, keep: 'lastItems' }),
		...(way.isFile ? [] : held(source.heldUrl)),
	];
	return {
		id: way.id,
		name: way.name,
		nodes: chain,
		connections: Object.fromEntries(
			chain.slice(0, -1).map(({ name }, index) => [name, connectionTo(chain[index + 1])]),
		),
		settings: {
			executionOrder: 'v1',
			saveDataSuccessExecution: 'none',
			saveDataErrorExecution: 'none',
			saveManualExecutions: false,
			saveExecutionProgress: false,
		},
	};
}

/** No expression comes before the call, because its evaluation would be timed. */
const held = (url: string) => [
	node('Items are held', 'n8n-nodes-base.httpRequest', 4.2, { method: 'GET', url, options: {} }),
	node('Last item', 'n8n-nodes-base.set', 3.4, {
		mode: 'raw',
		jsonOutput: "={{ $('Limit').first().json }}",
		options: {},
	}),
];

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
