import { eventFields } from '../../rakuten/line/eventLine';
import { orDefault } from '../kit/fields/field';
import {
	choice,
	choices,
	collection,
	notice,
	text,
	toggle,
	wholeNumber,
} from '../kit/fields/fields';
import { eventRulesField } from './eventRulesField';

/** Everything Rakuten can send, to add to the URL; brackets are written for HTML. */
const macros = eventFields.map((name) => `${name}=&lt;${name}&gt;`).join('&amp;');

const toTry =
	"To see a sale now, open 'Webhook URLs' above and copy the Test URL, select 'Execute step', and open the Test URL with ?sample=purchase, ?sample=lead or ?sample=correction added to its end.";

const whenAutomatic = { show: { registration: ['automatic'] } };
const whenManual = { show: { registration: ['manual'] } };

export const registration = choice('registration', {
	label: 'Registration',
	fixed: true,
	default: 'automatic',
	description: 'How Rakuten learns the URL of this trigger',
	choices: [
		{
			name: 'By API (Recommended)',
			value: 'automatic',
			description: 'Registered when the workflow is published, removed when it is unpublished',
		},
		{
			name: 'Manual',
			value: 'manual',
			description: 'You give the URL to Rakuten, or to a tracker that passes postbacks on',
		},
	],
});

export const ifAnotherExists = choice('ifAnotherExists', {
	label: 'If Another Postback Exists',
	fixed: true,
	default: 'stop',
	description:
		'A site has only one postback. If AnyTrack, Everflow or another tool has registered one, choose what happens to it. It is restored when this workflow is unpublished.',
	choices: [
		{
			name: 'Stop',
			value: 'stop',
			description: 'This trigger does not start, and nothing is changed',
		},
		{
			name: 'Replace and Restore',
			value: 'replaceAndRestore',
			description: 'The other tool gets nothing while this workflow is active',
		},
		{
			name: 'Replace and Pass On',
			value: 'replaceAndPassOn',
			description:
				'The other tool also gets every postback, from this n8n: to try this trigger alongside another tracker',
		},
	],
	displayOptions: whenAutomatic,
});

const keyText = text('key', {
	label: 'Key',
	fixed: true,
	required: true,
	placeholder: 'e.g. 7hR2mQx94LdTzWc0',
	description:
		'16 or more letters, digits, hyphens and underscores, for example from a password generator. It becomes part of the URL above, so that nobody else can send you sales. It is saved with the workflow: anyone who can see the workflow can see it.',
	displayOptions: whenManual,
});

/** As in the URL, with any spaces. */
export const key = { ...keyText, read: (value: unknown) => String(value ?? '') };

export const responseMode = choice('responseMode', {
	label: 'Respond',
	fixed: true,
	default: 'onReceived',
	description: 'When Rakuten gets its answer, which says only that the postback was received',
	choices: [
		{
			name: 'Immediately',
			value: 'onReceived',
			description: 'As soon as the execution has started',
		},
		{
			name: 'When Last Node Finishes',
			value: 'lastNode',
			description: 'Only when the workflow has stored the event',
		},
	],
});

export const sendToEvents = choices('sendToEvents', {
	label: "Send to 'Events'",
	fixed: true,
	default: ['accepted', 'correction', 'unattributed'],
	description:
		"Which events go to the first output. All others go to the output 'Other'; none is lost. An order may come twice: as an early event (is_event Y) and later as the transaction itself (is_event N), with another ID. Both come through; count only one of them, for example with an event rule.",
	choices: [
		{
			name: 'Accepted',
			value: 'accepted',
			description: 'Sales, leads and early events with a sub-ID (u1)',
		},
		{
			name: 'Correction',
			value: 'correction',
			description: 'An earlier sale was canceled, returned or lowered',
		},
		{
			name: 'Discarded',
			value: 'discarded',
			description: 'By one of your rules, for another site, or unreadable',
		},
		{
			name: 'Unattributed',
			value: 'unattributed',
			description: 'Without a sub-ID (u1): the link was not tagged',
		},
	],
});

export const allowNonPublicAddress = orDefault(
	toggle('allowNonPublicAddress', {
		label: 'Allow Non-Public Address',
		default: false,
		description:
			'Whether to register an address that is not public https, such as localhost. Rakuten itself can never call it; a simulated Rakuten in the same network can.',
	}),
);

export const includeRawValues = orDefault(
	toggle('includeRawValues', {
		label: 'Include Raw Values',
		default: false,
		description: "Whether to add the values exactly as they came, under 'raw', without the key",
	}),
);

export const passOnTimeout = orDefault(
	wholeNumber('passOnTimeout', {
		label: 'Pass-On Timeout',
		default: 5,
		min: 1,
		max: 30,
		description:
			'How many seconds to wait for the other tracker at each of up to three attempts. Rakuten never waits for it.',
		displayOptions: { show: { '/ifAnotherExists': ['replaceAndPassOn'] } },
	}),
);

export const options = collection(
	'options',
	{
		label: 'Options',
		placeholder: 'Add option',
		description: 'Additional options',
	},
	[allowNonPublicAddress, includeRawValues, passOnTimeout],
);

/** The fields of the node, in the order a user meets them. */
export const fields = [
	notice(
		'introduction',
		`Rakuten sends each sale of a site, and each correction, to one postback URL within minutes. This trigger registers its own when you publish the workflow. ${toTry}`,
		whenAutomatic,
	),
	notice(
		'introductionByHand',
		`Rakuten sends each sale of a site, and each correction, to one postback URL within minutes. You give it the URL of this trigger yourself; the trigger registers nothing. ${toTry}`,
		whenManual,
	),
	registration,
	ifAnotherExists,
	key,
	notice(
		'urlToPaste',
		"Give Rakuten the Production URL, which you find under 'Webhook URLs' above, with the text in the next box added to its end. Rakuten replaces the text in angle brackets. Leave out what you don't need, but keep is_event.",
		whenManual,
	),
	notice('queryToPaste', `?${macros}`, whenManual),
	responseMode,
	eventRulesField,
	sendToEvents,
	options,
];
