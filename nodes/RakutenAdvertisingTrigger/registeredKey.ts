import type { IWebhookFunctions } from 'n8n-workflow';

import { readOwnUrl } from '../../rakuten/postback/ownUrl';
import type { Kept } from '../../rakuten/postback/registration';
import { developerConnection } from '../transport/developerApi';
import { outcomeOf } from '../transport/outcome';
import { readPostback } from '../transport/postbackApi';
import { keptRegistration } from './keptRegistration';

/** What Rakuten said about a trigger, by the trigger's address, and when. */
const answers = new Map<string, { askedAt: number; answer: Promise<Kept | 'unknown'> }>();

const millisecondsToNextQuestion = 60_000;

/**
 * What the trigger has registered, with the key its requests must carry. It is kept in static data,
 * which n8n saves only when all triggers of the workflow are active, and which an execution that
 * began before may save over. Where it is lost, every postback would be refused until somebody
 * notices; so Rakuten is asked what is registered, at most once a minute.
 *
 * @returns `unknown` where Rakuten could not be asked either: a postback must not be called wrong then
 */
export async function registeredKey(context: IWebhookFunctions): Promise<Kept | 'unknown'> {
	const kept = keptRegistration(context);
	if (kept.key !== undefined) return kept;
	const address = context.getNodeWebhookUrl('default') ?? '';
	const known = answers.get(address);
	if (known) {
		const answer = await known.answer;
		const hasKey = answer !== 'unknown' && answer.key !== undefined;
		if (hasKey || Date.now() - known.askedAt < millisecondsToNextQuestion) return answer;
	}
	const asked = { askedAt: Date.now(), answer: askRakuten(context, address) };
	answers.set(address, asked);
	return await asked.answer;
}

async function askRakuten(context: IWebhookFunctions, address: string): Promise<Kept | 'unknown'> {
	const outcome = await outcomeOf(registeredAt(context, address));
	const answer = outcome.ok ? outcome.value : 'unknown';
	context.logger.warn(
		`"${context.getNode().name}" has no record of its registration in n8n. ${whatFollows(answer)}`,
	);
	return answer;
}

function whatFollows(answer: Kept | 'unknown'): string {
	if (answer === 'unknown') {
		return 'Rakuten could not be asked for it either: postbacks are answered with 503 until it can.';
	}
	return answer.key === undefined
		? 'Publish the workflow again if it is to receive postbacks.'
		: 'It goes on with what is registered at Rakuten; publish the workflow again to store it.';
}

async function registeredAt(context: IWebhookFunctions, address: string): Promise<Kept> {
	const connection = await developerConnection(context);
	const postback = await readPostback(context, connection);
	const own = postback && readOwnUrl(postback.url);
	return own?.address === address
		? { key: own.key, siteId: connection.siteId, previous: own.before }
		: {};
}
