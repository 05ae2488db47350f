import type { IExecuteFunctions } from 'n8n-workflow';

import { shownUrl } from '../../../../rakuten/postback/shownUrl';
import { RakutenProblem } from '../../../../rakuten/problem';
import type { OperationResult } from '../../../kit/operation';
import { developerConnection } from '../../../../services/developer/developerApi';
import { executionPatience } from '../../../../services/patience';
import { readPostback, writePostback } from '../../../../services/developer/postbackApi';
import { leadsHere } from '../../../webhook/webhookBase';

/** Turns the site's postback on or off; its URL stays the same. */
export async function switchPostback(
	context: IExecuteFunctions,
	itemIndex: number,
	isActive: boolean,
): Promise<OperationResult> {
	const connection = await developerConnection(context, executionPatience, itemIndex);
	const { siteId } = connection;
	const before = await readPostback(context, connection);
	if (!before) {
		throw new RakutenProblem(
			'noPostback',
			`Site ${siteId} has no postback to switch ${isActive ? 'on' : 'off'}`,
			'Register one with Postback > Create or Update, or publish a workflow with the node Rakuten Advertising Trigger.',
		);
	}
	if (before.isActive !== isActive) {
		await writePostback(context, connection, { url: before.url, isActive });
	}
	const json = {
		siteId,
		url: shownUrl(before.url, await leadsHere(context, itemIndex, before.url)),
		isActive,
		isChanged: before.isActive !== isActive,
	};
	return { first: [{ json }] };
}
