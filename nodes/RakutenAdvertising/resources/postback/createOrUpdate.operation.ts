import type { IExecuteFunctions } from 'n8n-workflow';

import {
	longestKnownUrl,
	registeredUrl,
	urlAsWritten,
} from '../../../../rakuten/postback/registeredUrl';
import { previousIn } from '../../../../rakuten/postback/remembered';
import { hostOfUrl, shownUrl } from '../../../../rakuten/postback/shownUrl';
import { isSameUrl } from '../../../../rakuten/postback/storedUrl';
import { RakutenProblem } from '../../../../rakuten/problem';
import { eventFields } from '../../../../rakuten/line/eventLine';
import { choices, collection, notice, text, toggle } from '../../../kit/fields/fields';
import { itemFields } from '../../../kit/fields/readFields';
import type { Operation } from '../../../kit/operation';
import { showHint } from '../../../kit/showHint';
import { developerConnection } from '../../../../services/developer/developerApi';
import { executionPatience } from '../../../../services/patience';
import { readPostback, writePostback } from '../../../../services/developer/postbackApi';
import type { RegisteredPostback } from '../../../../services/developer/postbackApi';
import { leadsHere } from '../../../webhook/webhookBase';

const oneToASite = notice(
	'oneToASite',
	"A site has only one postback. The current one is replaced and gets no more conversions; the output contains its URL as 'previousUrl', so that you can restore it.",
);

const url = text('url', {
	label: 'URL',
	required: true,
	placeholder: 'e.g. https://t1.anytrack.io/hBtoE3hN/collect/rakuten',
	description:
		"The URL to send conversions to. Its own parameters are kept, and can request fields under other names, such as clickid=&lt;u1&gt;. You don't need this for the node 'Rakuten Advertising Trigger', which registers itself.",
});

const listOfFields = choices('fields', {
	label: 'Fields',
	default: eventFields,
	description:
		'What each conversion includes. Added to the URL as name=&lt;name&gt;, unless the URL asks for it already. The event flag (is_event) is always added, because Rakuten requires it.',
	choices: [...eventFields].sort().map((name) => ({ name, value: name })),
});

/** An expression can give the names as one text; `registeredUrl` decides which of them it knows. */
const sentFields = {
	...listOfFields,
	read: (value: unknown): string[] => {
		const names = Array.isArray(value) ? value.map(String) : String(value).split(/[\s,]+/);
		return names.filter((name) => name !== '');
	},
};

const isActive = toggle('active', {
	label: 'Active',
	default: true,
	description: 'Whether Rakuten starts sending conversions to it immediately',
});

const options = collection(
	'options',
	{
		label: 'Options',
		placeholder: 'Add option',
		description: 'What to do with an existing postback',
	},
	[
		toggle('exactlyAsWritten', {
			label: 'Exactly as Written',
			default: false,
			description:
				"Whether to register 'URL' unchanged, without adding 'Fields' or anything else, to restore what another tool had registered",
		}),
		toggle('onlyIfNoneExists', {
			label: 'Only If None Exists',
			default: false,
			description:
				'Whether to stop without changing anything if the site has a postback to another URL',
		}),
	],
);

export const createOrUpdate: Operation = {
	name: 'Create or Update',
	value: 'createOrUpdate',
	action: 'Create or update postback',
	description:
		"Register the URL that the site's conversions are sent to, in place of the current one",
	fields: [oneToASite, url, sentFields, isActive, options],
	isForAgents: false,
	async run(context, itemIndex) {
		const connection = await developerConnection(context, executionPatience, itemIndex);
		const { siteId } = connection;
		const field = itemFields(context, itemIndex);
		const { exactlyAsWritten, onlyIfNoneExists } = field(options);
		const wanted: RegisteredPostback = {
			url: exactlyAsWritten
				? urlAsWritten(field(url))
				: registeredUrl(field(url), field(sentFields)),
			isActive: field(isActive),
		};
		const previous = await readPostback(context, connection);
		if (previous && !isSameUrl(previous.url, wanted.url) && onlyIfNoneExists) {
			throw new RakutenProblem(
				'postbackExists',
				`Site ${siteId} already sends postbacks to ${hostOfUrl(previous.url)}`,
				"Nothing was changed. Turn off 'Only If None Exists' to replace it; the output then contains its URL.",
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
			isConfirmed:
				now !== undefined && isSameUrl(now.url, wanted.url) && now.isActive === wanted.isActive,
			isNew: previous === undefined,
			isChanged: isChange,
			...previousIn(previous, wasHere),
		};
		return { first: [{ json }] };
	},
};

function tell(
	context: IExecuteFunctions,
	previous: RegisteredPostback | undefined,
	wanted: RegisteredPostback,
	wasHere: boolean | undefined,
): void {
	const hint = (message: string) => showHint(context, message, 'warning');
	if (previous && !isSameUrl(previous.url, wanted.url)) {
		const whose = wasHere ? 'a workflow of this n8n' : hostOfUrl(previous.url);
		const isHidden = shownUrl(previous.url, wasHere) !== previous.url;
		hint(
			`The postback to ${whose} was replaced, and gets no more conversions from Rakuten. ${isHidden ? 'To restore it, unpublish its workflow and publish it again, or copy its URL from the trigger if it was registered by hand.' : "Its URL is 'previousUrl' in the output."}`,
		);
	}
	if (wanted.url.length > longestKnownUrl) {
		hint(
			`The URL has ${wanted.url.length} characters. Rakuten does not say how long it may be; choose fewer fields if no conversions arrive.`,
		);
	}
}
