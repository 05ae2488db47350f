import type { IWebhookFunctions } from 'n8n-workflow';

import { readIds, readList } from '../../rakuten/postback/eventRules';
import type { EventRule } from '../../rakuten/postback/eventRules';

/** A rule as the field holds it. */
interface StoredRule {
	advertiserIds?: unknown;
	offerIds?: unknown;
	skus?: unknown;
	eventFlag?: unknown;
	amount?: unknown;
	action?: unknown;
	eventName?: unknown;
}

/** The user's event rules, in her order. */
export function eventRules(context: IWebhookFunctions): EventRule[] {
	const stored = context.getNodeParameter('eventRules.rules', []) as StoredRule[];
	return stored.map((rule) => ({
		advertiserIds: idsOf(rule.advertiserIds),
		offerIds: idsOf(rule.offerIds),
		skus: readList(textOf(rule.skus)),
		isEvent: rule.eventFlag === 'Y' ? true : rule.eventFlag === 'N' ? false : undefined,
		amount:
			rule.amount === 'positive' || rule.amount === 'zero' || rule.amount === 'negative'
				? rule.amount
				: undefined,
		discards: rule.action === 'discard',
		eventName: String(rule.eventName ?? '').trim(),
	}));
}

const textOf = (value: unknown) => String(value ?? '');
const idsOf = (value: unknown) => readIds(textOf(value));
