import type { IExecuteFunctions } from 'n8n-workflow';

import { outcomeOf } from '../../rakuten/outcome';

/**
 * Where this n8n receives webhooks: scheme, host and any folder, with a trailing slash. The only
 * such URL that n8n gives a running node is the one that resumes its execution, which has the same
 * base. Undefined if n8n gives none.
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
	return `${origin}${pathname.split('/').slice(0, -2).join('/')}/`;
}

/** Whether a URL points to this n8n; undefined if n8n's own address is not known. */
export async function leadsHere(
	context: IExecuteFunctions,
	itemIndex: number,
	url: string,
): Promise<boolean | undefined> {
	const base = await webhookBase(context, itemIndex);
	if (base === undefined) return undefined;
	return URL.canParse(url) && new URL(url).href.startsWith(base);
}
