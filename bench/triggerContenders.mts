import type { CredentialReference } from '../scripts/host/api/credentials.mts';
import type { WorkflowJson } from '../scripts/host/api/workflows.mts';

/** A trigger that is called with a transaction in its query, with no nodes after it. */
export interface TriggerContender {
	name: string;
	/** Of its workflow. */
	id: string;
	/** The answer it is to give. */
	status: 200 | 403;
	/** What follows n8n's address; for the postback trigger as Rakuten would call what it registered. */
	target: (registered: string) => string;
}

/** What Rakuten reports about a sale. */
const transaction: Record<string, string> = {
	etransaction_id: 'b93a03a1cd4f4b95b0f0ae30fd7d6a91',
	advertiser_id: '45904',
	sid: '3771737',
	order_id: '4000110733',
	offer_id: '1262960',
	sku_number: 'TRCAT5DB',
	sale_amount: '43.17',
	quantity: '1',
	commissions: '2.59',
	process_date: '2026-05-21T06:58:45.000+0000',
	transaction_date: '2026-05-21T06:55:02.000+0000',
	transaction_type: 'realtime',
	product_name: 'Trail running shoes',
	u1: 'summer-guide',
	currency: 'EUR',
	is_event: 'N',
	commissions_list_id: '',
};

/** Any key of the same length as the real one. */
const wrongKey = 'w'.repeat(43);

/** The same for a trigger whose URL is made by hand. */
export const transactionQuery = new URLSearchParams(transaction).toString();

const query = `${transactionQuery}&key=${wrongKey}`;

/** A registered URL with its macros filled in. */
function filled(registered: string, key?: string): string {
	const { pathname, search } = new URL(registered);
	const whole = search.replace(/(?:<|%3C)(\w+)(?:>|%3E)/g, (_, name: string) =>
		encodeURIComponent(transaction[name] ?? ''),
	);
	return pathname + (key === undefined ? whole : whole.replace(/(?<=[?&]key=)[^&]+/, key));
}

export const names = {
	trigger: 'Rakuten Advertising Trigger',
	webhookWithExpression: 'Webhook node, an expression in its path',
	plainWebhook: 'Webhook node, plain',
	wrongKey: 'Rakuten Advertising Trigger, wrong key',
	refusedHeader: 'Webhook node, refused header authentication',
} as const;

export const contenders: readonly TriggerContender[] = [
	{
		name: names.trigger,
		id: 'benchTriggerPostback',
		status: 200,
		target: (registered) => filled(registered),
	},
	{
		name: names.webhookWithExpression,
		id: 'benchTriggerExpression',
		status: 200,
		target: () => `/webhook/benchTriggerExpression?${query}`,
	},
	{
		name: names.plainWebhook,
		id: 'benchTriggerPlain',
		status: 200,
		target: () => `/webhook/benchTriggerPlain?${query}`,
	},
	{
		name: names.wrongKey,
		id: 'benchTriggerPostback',
		status: 403,
		target: (registered) => filled(registered, wrongKey),
	},
	{
		name: names.refusedHeader,
		id: 'benchTriggerRefusing',
		status: 403,
		target: () => `/webhook/benchTriggerRefusing?${query}`,
	},
];

/** Their workflows; all answer at once, as both nodes do by default. */
export function triggerWorkflows(
	developer: CredentialReference,
	headerAuth: CredentialReference,
): Array<WorkflowJson & { id: string }> {
	const webhook = (id: string, path: string, parameters = {}, credentials = {}) =>
		workflow(id, {
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			parameters: { path, options: {}, ...parameters },
			credentials,
		});
	const byExpression = (id: string) => `={{ "${id.slice(0, 5)}" + "${id.slice(5)}" }}`;
	return [
		workflow('benchTriggerPostback', {
			type: 'n8n-nodes-rakuten-advertising.rakutenAdvertisingTrigger',
			typeVersion: 1.1,
			parameters: { options: { allowNonPublicAddress: true } },
			credentials: { rakutenDeveloperApi: developer },
		}),
		webhook('benchTriggerExpression', byExpression('benchTriggerExpression')),
		webhook('benchTriggerPlain', 'benchTriggerPlain'),
		webhook(
			'benchTriggerRefusing',
			byExpression('benchTriggerRefusing'),
			{ authentication: 'headerAuth' },
			{ httpHeaderAuth: headerAuth },
		),
	];
}

function workflow(id: string, node: object): WorkflowJson & { id: string } {
	return {
		id,
		name: id,
		nodes: [
			{
				id: `be000000-0000-4000-8000-${Buffer.from(id.slice(-6)).toString('hex')}`,
				name: 'Trigger',
				position: [0, 0],
				webhookId: `be000000-0000-4000-9000-${Buffer.from(id.slice(-6)).toString('hex')}`,
				type: '',
				typeVersion: 1,
				parameters: {},
				...node,
			},
		],
		connections: {},
		settings: { executionOrder: 'v1' },
	};
}
