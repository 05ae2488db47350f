import type { IWebhookFunctions } from 'n8n-workflow';

import { sameKey } from '../../rakuten/postback/key';
import { fieldsNotAsked, readOwnUrl } from '../../rakuten/postback/ownUrl';
import type { Kept } from '../../rakuten/postback/Registration';
import { isSameUrl } from '../../rakuten/postback/storedUrl';
import { developerConnection } from '../../services/developer/developerApi';
import { activationPatience } from '../../services/patience';
import { outcomeOf } from '../../rakuten/outcome';
import { readPostback } from '../../services/developer/postbackApi';
import { log } from '../kit/log';
import { keptRegistration } from './keptRegistration';

/** What came of a question. */
interface Answer {
	/** What is registered, as far as that is known; the last answer where none came this time. */
	readonly known: Kept;
	/** Whether Rakuten could not be asked. */
	readonly isOpen: boolean;
	readonly at: number;
}

interface Question {
	readonly answer: Promise<Answer>;
	outcome?: Answer;
	/** Requests that wait for it. */
	waiting: number;
}

/** The last question about each trigger, by the trigger's address; the one asked longest ago first. */
const questions = new Map<string, Question>();

const millisecondsToNextQuestion = 60_000;

/** Addresses change and triggers are deleted, so that old questions are of no use any more. */
const mostQuestions = 1000;

/** More requests than this need not be held while Rakuten thinks: they may come again. */
const mostWaiting = 200;

/**
 * What the trigger has registered, with the key its requests must carry. It is kept in static data,
 * which n8n saves only when all triggers of the workflow are active, and which an execution that
 * began before may save over. Where it is lost, every postback would be refused until somebody
 * notices; so Rakuten is asked what is registered, once a minute at most for all requests together,
 * and no more as long as they carry the key that it told.
 *
 * @param key what came with the request
 * @returns `unknown` where Rakuten could not be asked either: a postback must not be called wrong then
 */
export async function registeredKey(
	context: IWebhookFunctions,
	key: unknown,
): Promise<Kept | 'unknown'> {
	const kept = keptRegistration(context);
	if (kept.key !== undefined) return kept;
	const address = context.getNodeWebhookUrl('default') ?? '';
	const last = questions.get(address);
	const question = last && !mayAskAgain(last, key) ? last : ask(context, address, last);
	if (question.waiting >= mostWaiting) return 'unknown';
	question.waiting++;
	const { known, isOpen } = await question.answer;
	question.waiting--;
	return isOpen && !fits(known, key) ? 'unknown' : known;
}

const mayAskAgain = ({ outcome }: Question, key: unknown) =>
	outcome !== undefined &&
	!fits(outcome.known, key) &&
	Date.now() - outcome.at >= millisecondsToNextQuestion;

const fits = (known: Kept, key: unknown) => known.key !== undefined && sameKey(key, known.key);

function ask(context: IWebhookFunctions, address: string, last: Question | undefined): Question {
	const known = last?.outcome?.known ?? {};
	const question: Question = { answer: askRakuten(context, address, known), waiting: 0 };
	questions.delete(address);
	if (questions.size >= mostQuestions) questions.delete([...questions.keys()][0]);
	questions.set(address, question);
	void question.answer.then((outcome) => {
		question.outcome = outcome;
	});
	return question;
}

async function askRakuten(
	context: IWebhookFunctions,
	address: string,
	known: Kept,
): Promise<Answer> {
	const answer = await outcomeOf(registeredAt(context, address));
	log(
		context,
		'warn',
		`"${context.getNode().name}" has no record of its registration in n8n. ${whatFollows(answer.ok ? answer.value : undefined)}`,
	);
	return { known: answer.ok ? answer.value : known, isOpen: !answer.ok, at: Date.now() };
}

function whatFollows(registered: Kept | undefined): string {
	if (!registered) {
		return 'Rakuten could not be asked for it either: postbacks are answered with 503 until it can.';
	}
	return registered.key === undefined
		? 'Unpublish the workflow and publish it again if it is to receive postbacks.'
		: 'It continues with what is registered at Rakuten; unpublish the workflow and publish it again to store it.';
}

async function registeredAt(context: IWebhookFunctions, address: string): Promise<Kept> {
	const connection = await developerConnection(context, activationPatience);
	const postback = await readPostback(context, connection);
	const own = postback && readOwnUrl(postback.url);
	if (!own || !isSameUrl(own.address, address)) return {};
	const notAsked = fieldsNotAsked(postback.url);
	return {
		key: own.key,
		siteId: connection.siteId,
		previous: own.before,
		...(notAsked.length > 0 && { notAsked }),
	};
}
