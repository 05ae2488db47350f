import type { IExecuteFunctions } from 'n8n-workflow';

import { previousIn } from '../../../../rakuten/postback/remembered';
import { addressOf, hostOfUrl } from '../../../../rakuten/postback/shownUrl';
import { RakutenProblem } from '../../../../rakuten/problem';
import { changed } from '../../../kit/fields/field';
import { collection } from '../../../kit/fields/fields';
import { itemFields } from '../../../kit/fields/readFields';
import type { Operation } from '../../../kit/operation';
import { developerConnection } from '../../../../services/developer/developerApi';
import { executionPatience } from '../../../../services/patience';
import { readPostback, removePostback } from '../../../../services/developer/postbackApi';
import { expectedUrl } from './expectedUrl.fields';
import { leadsHere } from '../../../webhook/webhookBase';

const options = collection(
	'options',
	{
		label: 'Options',
		placeholder: 'Add option',
		description: 'Which postback may be deleted',
	},
	[
		changed(expectedUrl, {
			description:
				'Delete the postback only if it points to this URL, and stop otherwise. The query string is not compared.',
		}),
	],
);

export const remove: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete postback',
	description:
		'Remove the postback of the site, no matter who registered it; the output contains its URL',
	fields: [options],
	isForAgents: false,
	async run(context, itemIndex) {
		const connection = await developerConnection(context, executionPatience, itemIndex);
		const previous = await readPostback(context, connection);
		if (previous) {
			requireExpected(context, itemIndex, previous.url);
			await removePostback(context, connection);
		}
		const isHere = previous && (await leadsHere(context, itemIndex, previous.url));
		const json = {
			deleted: true,
			siteId: connection.siteId,
			...previousIn(previous, isHere),
		};
		return { first: [{ json }] };
	},
};

function requireExpected(context: IExecuteFunctions, itemIndex: number, url: string): void {
	const { expectedUrl: expected } = itemFields(context, itemIndex)(options);
	if (expected === '' || addressOf(expected) === addressOf(url)) return;
	throw new RakutenProblem(
		'otherPostback',
		`The postback of the site points to ${hostOfUrl(url)}, not to the expected URL`,
		"Nothing was deleted. Change 'Expected URL', or remove that option.",
	);
}
