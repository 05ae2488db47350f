import type { IExecuteFunctions } from 'n8n-workflow';

import { postbackState } from '../../../../rakuten/postback/postbackState';
import { rememberedIn } from '../../../../rakuten/postback/remembered';
import { addressOf, shownUrl } from '../../../../rakuten/postback/shownUrl';
import { itemFields } from '../../../kit/fields/readFields';
import type { Operation } from '../../../kit/operation';
import { developerConnection } from '../../../../services/developer/developerApi';
import { executionPatience } from '../../../../services/patience';
import { readPostback } from '../../../../services/developer/postbackApi';
import { countingSince, hitsOf } from '../../../webhook/postbackHits';
import { expectedUrl } from './expectedUrl.fields';
import { leadsHere } from '../../../webhook/webhookBase';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get postback',
	description:
		"Show where the site's conversions are sent, and the postback's state: none, switched off, sent elsewhere, waiting for the first conversion, or receiving",
	fields: [expectedUrl],
	isForAgents: true,
	async run(context, itemIndex) {
		const connection = await developerConnection(context, executionPatience, itemIndex);
		const { siteId } = connection;
		const registered = await readPostback(context, connection);
		const isHere = registered && (await leadsHere(context, itemIndex, registered.url));
		const hits = hitsOf(siteId, registered?.url);
		const sight = {
			siteId,
			registered,
			isExpected: registered && isExpected(context, itemIndex, registered.url, isHere),
			hits,
			countingSince,
			isHere,
		};
		const { state, message } = postbackState(sight);
		const json = {
			siteId,
			state,
			message,
			isActive: registered?.isActive ?? null,
			url: registered ? shownUrl(registered.url, isHere) : null,
			leadsToThisN8n: isHere ?? null,
			...rememberedIn(registered),
			lastHit: hits.lastHit ?? null,
			lastHitState: hits.lastState ?? null,
			hitsToday: hits.today,
		};
		return { first: [{ json }] };
	},
};

function isExpected(
	context: IExecuteFunctions,
	itemIndex: number,
	url: string,
	isHere: boolean | undefined,
): boolean | undefined {
	const expected = itemFields(context, itemIndex)(expectedUrl);
	return expected === '' ? isHere : addressOf(expected) === addressOf(url);
}
