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
import { readEventLine } from '../../rakuten/line/eventLine';
import { noteHit } from '../webhook/postbackHits';
import { rawValues, readHit } from '../webhook/hit';
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
		const sentKey = context.getRequestObject().query.key;
		const known = await registeredKey(context, sentKey);
		if (known === 'unknown') return refuse(context, 503, 'Try again later');
		kept = known;
		if (kept.key === undefined || !sameKey(sentKey, kept.key)) return refuse(context);
	}
	const hit = readHit(context);
	const sample = isTest ? hit.sample : undefined;
	const item =
		sample === undefined ? eventItem(context, kept, hit.fields) : sampleItem(context, kept, sample);
	if (isTest) return output(context, item);
	noteHit(ownFolder(context), kept.siteId ?? item.json.siteId, item.state);
	// By hand nothing was replaced that could be passed on to.
	return output(context, item, passOn(context, kept, hit));
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

function eventItem(
	context: IWebhookFunctions,
	kept: Kept,
	fields: Readonly<Record<string, unknown>>,
): EventItem {
	const reading = readEventLine(fields);
	const { eventName, state, reason } = judgeEvent(reading, {
		rules: eventRulesOf(nodeFields(context)(eventRulesField)),
		siteId: kept.siteId,
	});
	const json: IDataObject = {
		eventName,
		state,
		reason,
		receivedAt: new Date().toISOString(),
		...reading.line,
	};
	if (reading.unreadable.length > 0) json.unreadable = [...reading.unreadable];
	if (nodeFields(context)(includeRawValues, options)) {
		json.raw = rawValues(context, kept.key);
	}
	return { json, state };
}

function sampleItem(context: IWebhookFunctions, kept: Kept, sample: unknown): EventItem {
	if (isSampleName(sample)) {
		const { json, state } = eventItem(context, kept, sampleEvent(sample, kept.siteId, new Date()));
		return { json: { sample: true, ...json }, state };
	}
	const { json } = eventItem(context, kept, {});
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
