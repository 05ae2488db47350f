import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { previousIn } from '../../../../rakuten/postback/remembered';
import { addressOf, hostOfUrl } from '../../../../rakuten/postback/shownUrl';
import { RakutenProblem } from '../../../../rakuten/problem';
import type { Operation } from '../../../kit/operation';
import { developerConnection } from '../../../../services/developer/developerApi';
import { readPostback, removePostback } from '../../../../services/developer/postbackApi';
import { expectedUrlField } from './expectedUrl.fields';
import { leadsHere } from '../../../webhook/webhookBase';

export const remove: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete postback',
	description:
		'Take the postback of the site away, whoever registered it; the output holds its URL',
	fields: [
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			description: 'Which postback may be deleted',
			options: [
				{
					...expectedUrlField,
					description:
						'Delete the postback only if it leads to this address, and stop otherwise; what follows the question mark is not compared',
				},
			],
		},
	],
	async run(context, itemIndex) {
		const connection = await developerConnection(context, itemIndex);
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
		return { first: [{ json, pairedItem: { item: itemIndex } }] };
	},
};

function requireExpected(context: IExecuteFunctions, itemIndex: number, url: string): void {
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const expected = String(options.expectedUrl ?? '').trim();
	if (expected === '' || addressOf(expected) === addressOf(url)) return;
	throw new RakutenProblem(
		'otherPostback',
		`The postback of the site leads to ${hostOfUrl(url)}, not to the expected address`,
		"Nothing was deleted. Change 'Expected URL', or take that option out.",
	);
}
