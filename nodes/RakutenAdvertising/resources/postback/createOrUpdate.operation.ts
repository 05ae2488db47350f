import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import {
	longestKnownUrl,
	registeredUrl,
	urlAsWritten,
} from '../../../../rakuten/postback/registeredUrl';
import { previousIn } from '../../../../rakuten/postback/remembered';
import { hostOfUrl, shownUrl } from '../../../../rakuten/postback/shownUrl';
import { RakutenProblem } from '../../../../rakuten/problem';
import { eventFields } from '../../../../rakuten/line/eventLine';
import type { Operation } from '../../../kit/operation';
import { developerConnection } from '../../../../services/developer/developerApi';
import { readPostback, writePostback } from '../../../../services/developer/postbackApi';
import type { RegisteredPostback } from '../../../../services/developer/postbackApi';
import { leadsHere } from '../../../webhook/webhookBase';

export const createOrUpdate: Operation = {
	name: 'Create or Update',
	value: 'createOrUpdate',
	action: 'Create or update postback',
	description:
		"Register the address that the site's conversions are sent to, in place of the one that is there",
	fields: [
		{
			displayName:
				"A site has one postback: what is registered now is replaced, and gets no more conversions. It stands in the output as 'previousUrl', so that it can be put back.",
			name: 'oneToASite',
			type: 'notice',
			default: '',
			description: 'One postback to a site',
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://t1.anytrack.io/hBtoE3hN/collect/rakuten',
			description:
				"The address to send conversions to. Its own parameters are kept, and may hold fields under other names, such as clickid=&lt;u1&gt;. For the node 'Rakuten Advertising Trigger' none is needed: it registers itself.",
		},
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'multiOptions',
			default: [...eventFields],
			description:
				'What each conversion brings along: added to the URL as name=&lt;name&gt;, unless the URL asks for it already. The event flag (is_event) is always added, because Rakuten wants it.',
			options: [...eventFields].sort().map((name) => ({ name, value: name })),
		},
		{
			displayName: 'Active',
			name: 'active',
			type: 'boolean',
			default: true,
			description: 'Whether Rakuten is to send conversions to it at once',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			description: 'What to do with a postback that is there already',
			options: [
				{
					displayName: 'Exactly as Written',
					name: 'exactlyAsWritten',
					type: 'boolean',
					default: false,
					description:
						"Whether to register 'URL' as it is, without adding 'Fields' or anything else: for putting back what another tool had registered",
				},
				{
					displayName: 'Only If None Exists',
					name: 'onlyIfNoneExists',
					type: 'boolean',
					default: false,
					description:
						'Whether to stop, and to change nothing, when the site has a postback to another address',
				},
			],
		},
	],
	async run(context, itemIndex) {
		const connection = await developerConnection(context, itemIndex);
		const { siteId } = connection;
		const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
		const wanted = readWanted(context, itemIndex, options.exactlyAsWritten === true);
		const previous = await readPostback(context, connection);
		if (previous && previous.url !== wanted.url && options.onlyIfNoneExists === true) {
			throw new RakutenProblem(
				'postbackExists',
				`Site ${siteId} already sends postbacks to ${hostOfUrl(previous.url)}`,
				"Nothing was changed. Switch 'Only If None Exists' off to replace it; the output then holds its URL.",
			);
		}
		const isChange = previous?.url !== wanted.url || previous.isActive !== wanted.isActive;
		if (isChange) await writePostback(context, connection, wanted);
		const now = isChange ? await readPostback(context, connection) : previous;
		const wasHere = previous && (await leadsHere(context, itemIndex, previous.url));
		tell(context, previous, wanted, wasHere);
		const json = {
			siteId,
			url: now ? shownUrl(now.url, await leadsHere(context, itemIndex, now.url)) : null,
			isActive: now?.isActive ?? null,
			isConfirmed: now?.url === wanted.url && now.isActive === wanted.isActive,
			isNew: previous === undefined,
			isChanged: isChange,
			...previousIn(previous, wasHere),
		};
		return { first: [{ json, pairedItem: { item: itemIndex } }] };
	},
};

function readWanted(
	context: IExecuteFunctions,
	itemIndex: number,
	exactlyAsWritten: boolean,
): RegisteredPostback {
	const url = String(context.getNodeParameter('url', itemIndex));
	return {
		url: exactlyAsWritten
			? urlAsWritten(url)
			: registeredUrl(url, chosenFields(context, itemIndex)),
		// An expression can give the text.
		isActive: String(context.getNodeParameter('active', itemIndex, true)) !== 'false',
	};
}

function chosenFields(context: IExecuteFunctions, itemIndex: number): string[] {
	const fields = context.getNodeParameter('fields', itemIndex, [...eventFields]) as unknown;
	const names = Array.isArray(fields) ? fields.map(String) : String(fields).split(/[\s,]+/);
	return names.filter((name) => name !== '');
}

function tell(
	context: IExecuteFunctions,
	previous: RegisteredPostback | undefined,
	wanted: RegisteredPostback,
	wasHere: boolean | undefined,
): void {
	const hint = (message: string) =>
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	if (previous && previous.url !== wanted.url) {
		const whose = wasHere ? 'a workflow of this n8n' : hostOfUrl(previous.url);
		const isHidden = shownUrl(previous.url, wasHere) !== previous.url;
		hint(
			`The postback to ${whose} was replaced, and gets no more conversions from Rakuten. ${isHidden ? 'To put it back, unpublish its workflow and publish it again, or copy its URL from the trigger if it was registered by hand.' : "Its URL is 'previousUrl' in the output."}`,
		);
	}
	if (wanted.url.length > longestKnownUrl) {
		hint(
			`The URL has ${wanted.url.length} characters. Rakuten does not say how long one may be; choose fewer fields if no conversions come.`,
		);
	}
}
