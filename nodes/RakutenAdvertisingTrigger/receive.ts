import { createHash } from 'node:crypto';

import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { judgeEvent } from '../../rakuten/postback/eventState';
import type { EventState } from '../../rakuten/postback/eventState';
import { isPathKey, sameKey } from '../../rakuten/postback/key';
import type { Kept } from '../../rakuten/postback/Registration';
import { isSampleName, sampleEvent } from '../../rakuten/postback/sampleEvent';
import { otherSpellings, readEventLine } from '../../rakuten/line/eventLine';
import type { EventField } from '../../rakuten/line/eventLine';
import { documentedFields } from '../../rakuten/postback/ownUrl';
import { noteHit } from '../webhook/postbackHits';
import { rawValues, readHit } from '../webhook/hit';
import type { Hit } from '../webhook/hit';
import { nodeFields } from '../kit/fields/readFields';
import { eventRulesField, eventRulesOf } from './eventRulesField';
import { includeRawValues, key, options, registration, sendToEvents } from './fields';
import { passOn } from './passingOn';
import type { PassedOn } from './passingOn';
import { registeredKey } from '../webhook/registeredKey';
import { ownFolder } from './webhooks';

/**
 * Answers one request: refuses it where it lacks the key, and otherwise makes one item of it, for
 * the output that its state belongs to. Nothing that comes in a request makes it throw.
 */
export async function receivePostback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const isByHand = nodeFields(context)(registration) === 'manual';
	const isTest = context.getMode() === 'manual';
	let kept: Kept = {};
	if (isByHand) {
		// The key is in the path, which n8n has compared already.
		const ownKey = nodeFields(context)(key);
		if (!isPathKey(ownKey)) return refuse(context);
		kept = { key: ownKey };
	} else if (!isTest) {
		const sentKey = firstKey(context.getRequestObject().query.key);
		const known = await registeredKey(context, sentKey);
		if (known === 'unknown') return refuse(context, 503, 'Try again later');
		kept = known;
		if (kept.key === undefined || !sameKey(sentKey, kept.key)) return refuse(context);
	}
	const hit = readHit(context);
	const sample = isTest ? hit.sample : undefined;
	const item =
		sample === undefined ? eventItem(context, kept, hit) : sampleItem(context, kept, sample, hit);
	if (isTest) return output(context, item);
	noteHit(ownFolder(context), kept.siteId ?? item.json.siteId, item.state);
	// By hand nothing was replaced that could be passed on to.
	return output(context, item, passOn(context, kept, hit));
}

/** Ours stands first in the URL; what follows may be part of a text that somebody else wrote. */
function firstKey(sent: unknown): unknown {
	// Of very many values n8n's query parser makes an object instead of a list.
	const isList = typeof sent === 'object' && sent !== null && Object.hasOwn(sent, '0');
	return isList ? (sent as { readonly 0: unknown })[0] : sent;
}

/** No execution, and no more work than n8n's own refusals; n8n keeps no record of it. */
function refuse(
	context: IWebhookFunctions,
	status = 403,
	words = 'Wrong or missing key',
): IWebhookResponseData {
	answer(context, status, words);
	return { noWebhookResponse: true };
}

function answer(context: IWebhookFunctions, status: number, body: string): void {
	const response = context.getResponseObject();
	response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
	response.end(body);
}

/** An item, and what happened to its event. */
interface EventItem {
	readonly json: IDataObject;
	readonly state: EventState;
}

function eventItem(context: IWebhookFunctions, kept: Kept, hit: Hit): EventItem {
	const { line, unreadable } = readEventLine(hit.fields);
	const absent = absentFields(hit, kept.notAsked ?? []);
	const { eventName, state, reason } = judgeEvent(
		{ line, unreadable },
		{
			rules: eventRulesOf(nodeFields(context)(eventRulesField)),
			siteId: kept.siteId,
			absent,
			isByUrl: hit.isByUrl,
			transactions: hit.transactions,
		},
	);
	const isDiscarded = state === 'discarded';
	const raw =
		isDiscarded || nodeFields(context)(includeRawValues, options)
			? rawValues(context, kept.key, isDiscarded)
			: undefined;
	// Parts of a line must not be stored in its place, nor different requests as one.
	const isLine = line.transactionId !== null && absent.length === 0;
	const lineId = isDiscarded && !isLine ? payloadId(raw) : line.lineId;
	const json: IDataObject = {
		eventName,
		state,
		reason,
		receivedAt: new Date().toISOString(),
		...line,
		lineId,
	};
	if (unreadable.length > 0) json.unreadable = [...unreadable];
	if (kept.notAsked) json.notAsked = [...kept.notAsked];
	if (raw) json.raw = raw;
	return { json, state };
}

/**
 * What should have come and did not, not even empty. Our URL asks for every field, so one that is
 * absent shows that the URL was cut off. A relay may leave fields out of a body, but not all that
 * says which sale it was, or how much.
 */
function absentFields({ fields, isByUrl }: Hit, notAsked: readonly string[]): string[] {
	const lacks = (name: EventField) =>
		!Object.hasOwn(fields, name) && !Object.hasOwn(fields, otherSpellings[name] ?? name);
	if (isByUrl) return documentedFields.filter((name) => lacks(name) && !notAsked.includes(name));
	return [saleNames, amountNames].filter((names) => names.every(lacks)).flat();
}

const saleNames: readonly EventField[] = ['etransaction_id', 'order_id'];
const amountNames: readonly EventField[] = ['sale_amount', 'commissions'];

/** The same for the same request. */
const payloadId = (raw: unknown) =>
	`h:${createHash('sha256').update(JSON.stringify(raw)).digest('hex').slice(0, 32)}`;

function sampleItem(context: IWebhookFunctions, kept: Kept, sample: unknown, hit: Hit): EventItem {
	if (isSampleName(sample)) {
		const fields = sampleEvent(sample, kept.siteId, new Date());
		const { json, state } = eventItem(context, kept, { ...hit, fields, transactions: 1 });
		return { json: { sample: true, ...json }, state };
	}
	const { json } = eventItem(context, kept, { ...hit, fields: {}, transactions: 0 });
	const reason = 'There is no such sample: use purchase, lead or correction';
	return { json: { sample: true, ...json, reason }, state: 'discarded' };
}

function output(
	context: IWebhookFunctions,
	{ json, state }: EventItem,
	passedOn?: PassedOn,
): IWebhookResponseData {
	const chosen: string[] = nodeFields(context)(sendToEvents);
	const items: INodeExecutionData[] = [
		{ json: passedOn ? { ...json, passedOn: { ...passedOn } } : json },
	];
	return { workflowData: chosen.includes(state) ? [items, []] : [[], items] };
}
