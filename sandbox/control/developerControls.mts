import type { NewSales } from '../account/addedSales.mts';
import type { SendOptions } from '../developer/postbackSender.mts';
import type { RegisteredPostback } from '../developer/registeredPostback.mts';
import type { Action } from './action.mts';

/** What another process can ask about the API host, the postback and its sender. */
export const DEVELOPER_ACTIONS: Record<string, Action> = {
	'GET developer': ({ developer }) => ({
		clientId: developer.clientId,
		siteId: developer.siteId,
		settings: developer.settings,
		tokenRequests: developer.tokenRequests(),
	}),
	'PUT developer': ({ developer }, { body }) => developer.change(body),
	'POST expire-token': ({ developer }) => developer.tokens.expire(),
	'GET postback': ({ developer }) => ({ postback: developer.registered ?? null }),
	'PUT postback': ({ developer }, { body }) => {
		developer.registered = postbackOf(body);
		return { postback: developer.registered };
	},
	'DELETE postback': ({ developer }) => {
		developer.registered = undefined;
	},
	'GET event-records': (state) => state.eventRecords(),
	'POST add-sales': (state, { body }) => state.addSales(newSales(body)),
	'POST send-postbacks': async ({ sender }, { body }) => await sender.send(sendOptions(body)),
	'GET postback-attempts': ({ sender }, { query }) => ({
		attempts: sender.record.list(),
		totals: sender.record.totals({
			after: Number(query.get('after') ?? 0),
			isEvent: query.has('isEvent') ? query.get('isEvent') === 'true' : undefined,
			currency: query.get('currency') ?? undefined,
		}),
	}),
	'DELETE postback-attempts': ({ sender }) => sender.record.clear(),
};

function postbackOf({ url, isActive = true }: Partial<RegisteredPostback>): RegisteredPostback {
	if (typeof url !== 'string' || typeof isActive !== 'boolean') {
		throw new Error('a postback is {"url": …, "isActive": true}');
	}
	return { url, isActive };
}

const SALES = [
	...['count', 'linesPerOrder', 'processedAt', 'orderedAt', 'currency'],
	...['u1', 'zero', 'sales', 'commission', 'eventPairs'],
];

function newSales(given: Record<string, unknown>): NewSales {
	const unknown = Object.keys(given).find((name) => !SALES.includes(name));
	if (unknown !== undefined)
		throw new Error(`sales have no "${unknown}", only ${SALES.join(', ')}`);
	return given;
}

const CHOICES: Record<string, readonly unknown[]> = {
	macros: ['encoded', 'raw'],
	method: ['GET', 'POST json', 'POST form'],
	order: ['given', 'random'],
};

const NUMBERS = ['perSecond', 'concurrency', 'repeatShare', 'seed', 'timeoutMs'];

function sendOptions(given: Record<string, unknown>): SendOptions {
	for (const [name, value] of Object.entries(given)) {
		const choice = Object.hasOwn(CHOICES, name) ? CHOICES[name]! : undefined;
		if (choice && !choice.includes(value)) throw new Error(`"${name}" is ${choice.join(', ')}`);
		if (NUMBERS.includes(name) && !(typeof value === 'number' && value >= 0)) {
			throw new Error(`"${name}" is a number`);
		}
		if (!choice && !NUMBERS.includes(name) && !['records', 'url', 'origin'].includes(name)) {
			throw new Error(`"${name}" is nothing a sending takes`);
		}
	}
	return given;
}
