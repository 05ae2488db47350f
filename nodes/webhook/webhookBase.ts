import type { IExecuteFunctions } from 'n8n-workflow';

import { outcomeOf } from '../../rakuten/outcome';

/**
 * Where this n8n takes webhooks: scheme, host and any folder, with a slash at its end. n8n tells a
 * node that runs no other URL of that kind than the one that resumes its execution, which has the
 * same base. Undefined where it tells none.
 */
export async function webhookBase(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<string | undefined> {
	const evaluated = await outcomeOf(
		(async () => context.evaluateExpression('{{ $execution.resumeUrl }}', itemIndex))(),
	);
	const url = evaluated.ok ? String(evaluated.value ?? '') : '';
	if (!URL.canParse(url)) return undefined;
	const { origin, pathname } = new URL(url);
	// …/webhook-waiting/<execution>
	return `${origin}${pathname.replace(/[^/]*\/[^/]*$/, '')}`;
}

/** Whether a URL leads to this n8n; undefined where n8n's own address is not known. */
export async function leadsHere(
	context: IExecuteFunctions,
	itemIndex: number,
	url: string,
): Promise<boolean | undefined> {
	const base = await webhookBase(context, itemIndex);
	if (base === undefined) return undefined;
	return URL.canParse(url) && new URL(url).href.startsWith(base);
}
