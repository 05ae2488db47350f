import type { IWebhookFunctions } from 'n8n-workflow';

import { readOwnUrl } from '../../rakuten/postback/ownUrl';
import type { Kept } from '../../rakuten/postback/registration';
import { developerConnection } from '../transport/developerApi';
import { outcomeOf } from '../transport/outcome';
import { readPostback } from '../transport/postbackApi';
import { keptRegistration } from './keptRegistration';

/** What Rakuten says is registered; `unknown` where it could not be asked. */
type Answer = Kept | 'unknown';

interface Question {
	readonly answer: Promise<Answer>;
	/** Set when the answer is there: whether it brought a key, and when it came. */
	outcome?: { readonly hasKey: boolean; readonly at: number };
	/** Requests that wait for it. */
	waiting: number;
}

/** The last question about each trigger, by the trigger's address. */
const questions = new Map<string, Question>();

const millisecondsToNextQuestion = 60_000;

/** More requests than this need not be held while Rakuten thinks: they may come again. */
const mostWaiting = 200;

/**
 * What the trigger has registered, with the key its requests must carry. It is kept in static data,
 * which n8n saves only when all triggers of the workflow are active, and which an execution that
 * began before may save over. Where it is lost, every postback would be refused until somebody
 * notices; so Rakuten is asked what is registered, once a minute at most for all requests together.
 *
 * @returns `unknown` where Rakuten could not be asked either: a postback must not be called wrong then
 */
export async function registeredKey(context: IWebhookFunctions): Promise<Answer> {
	const kept = keptRegistration(context);
	if (kept.key !== undefined) return kept;
	const address = context.getNodeWebhookUrl('default') ?? '';
	const last = questions.get(address);
	const question = last && !mayAskAgain(last) ? last : ask(context, address);
	if (question.waiting >= mostWaiting) return 'unknown';
	question.waiting++;
	const answer = await question.answer;
	question.waiting--;
	return answer;
}

const mayAskAgain = ({ outcome }: Question) =>
	outcome !== undefined && !outcome.hasKey && Date.now() - outcome.at >= millisecondsToNextQuestion;

function ask(context: IWebhookFunctions, address: string): Question {
	const question: Question = { answer: askRakuten(context, address), waiting: 0 };
	questions.set(address, question);
	void question.answer.then((answer) => {
		const hasKey = answer !== 'unknown' && answer.key !== undefined;
		question.outcome = { hasKey, at: Date.now() };
	});
	return question;
}

async function askRakuten(context: IWebhookFunctions, address: string): Promise<Answer> {
	const outcome = await outcomeOf(registeredAt(context, address));
	const answer = outcome.ok ? outcome.value : 'unknown';
	context.logger.warn(
		`"${context.getNode().name}" has no record of its registration in n8n. ${whatFollows(answer)}`,
	);
	return answer;
}

function whatFollows(answer: Answer): string {
	if (answer === 'unknown') {
		return 'Rakuten could not be asked for it either: postbacks are answered with 503 until it can.';
	}
	return answer.key === undefined
		? 'Unpublish the workflow and publish it again if it is to receive postbacks.'
		: 'It goes on with what is registered at Rakuten; unpublish the workflow and publish it again to store it.';
}

async function registeredAt(context: IWebhookFunctions, address: string): Promise<Kept> {
	const connection = await developerConnection(context);
	const postback = await readPostback(context, connection);
	const own = postback && readOwnUrl(postback.url);
	return own?.address === address
		? { key: own.key, siteId: connection.siteId, previous: own.before }
		: {};
}
