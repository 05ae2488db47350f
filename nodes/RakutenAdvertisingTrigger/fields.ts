import type { INodeProperties } from 'n8n-workflow';

import { eventFields } from '../../rakuten/line/eventLine';
import { eventRulesField } from './eventRulesField';

/** Everything Rakuten can tell, to be pasted behind the URL; brackets are written for HTML. */
const macros = eventFields.map((name) => `${name}=&lt;${name}&gt;`).join('&amp;');

const toTry =
	"To see a sale now, open 'Webhook URLs' above and copy the Test URL, select 'Execute step', and open the Test URL with ?sample=purchase, ?sample=lead or ?sample=correction behind it.";

/** The fields of the node, in the order a user meets them. */
export const fields: INodeProperties[] = [
	{
		displayName: `Rakuten sends each sale of a site, and each correction, to one postback URL within minutes. This trigger registers its own when you publish the workflow. ${toTry}`,
		name: 'introduction',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['automatic'] } },
	},
	{
		displayName: `Rakuten sends each sale of a site, and each correction, to one postback URL within minutes. You give it the URL of this trigger yourself; the trigger registers nothing. ${toTry}`,
		name: 'introductionByHand',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['manual'] } },
	},
	{
		displayName: 'Registration',
		name: 'registration',
		type: 'options',
		noDataExpression: true,
		default: 'automatic',
		options: [
			{
				name: 'By API (Recommended)',
				value: 'automatic',
				description: 'Registered when the workflow is published, taken back when it is unpublished',
			},
			{
				name: 'By Hand',
				value: 'manual',
				description: 'You give the URL to Rakuten, or to a tracker that passes postbacks on',
			},
		],
		description: 'How Rakuten gets to know the URL of this trigger',
	},
	{
		displayName: 'If Another Postback Exists',
		name: 'ifAnotherExists',
		type: 'options',
		noDataExpression: true,
		default: 'stop',
		displayOptions: { show: { registration: ['automatic'] } },
		options: [
			{
				name: 'Stop',
				value: 'stop',
				description: 'This trigger does not start, and nothing is changed',
			},
			{
				name: 'Replace and Restore',
				value: 'replaceAndRestore',
				description: 'The other one gets nothing while this workflow is active',
			},
			{
				name: 'Replace and Pass On',
				value: 'replaceAndPassOn',
				description:
					'The other one gets every postback too, from this n8n: for a trial beside another tracker',
			},
		],
		description:
			'A site has one postback only. If AnyTrack, Everflow or another tool has registered one, choose what is to become of it. It is put back when this workflow is unpublished.',
	},
	{
		displayName: 'Key',
		name: 'key',
		type: 'string',
		noDataExpression: true,
		required: true,
		default: '',
		placeholder: 'e.g. 7hR2mQx94LdTzWc0',
		displayOptions: { show: { registration: ['manual'] } },
		description:
			'Any 16 or more letters, digits, hyphens and underscores, as from a password generator. It becomes part of the URL above, so that nobody else can send you sales. It is saved with the workflow: who can see the workflow can see it.',
	},
	{
		displayName:
			"Give Rakuten the Production URL, which you find under 'Webhook URLs' above, with the text in the next box behind it. Rakuten fills in what stands in angle brackets. Leave out what you don't need, but not is_event.",
		name: 'urlToPaste',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['manual'] } },
	},
	{
		displayName: `?${macros}`,
		name: 'queryToPaste',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['manual'] } },
	},
	{
		displayName: 'Respond',
		name: 'responseMode',
		type: 'options',
		noDataExpression: true,
		default: 'onReceived',
		options: [
			{
				name: 'Immediately',
				value: 'onReceived',
				description: 'As soon as the execution has started',
			},
			{
				name: 'When Last Node Finishes',
				value: 'lastNode',
				description: 'So that Rakuten is told "received" only when the workflow has stored it',
			},
		],
		description: 'When Rakuten gets its answer, which says no more than that the postback came',
	},
	eventRulesField,
	{
		displayName: "Send to 'Events'",
		name: 'sendToEvents',
		type: 'multiOptions',
		noDataExpression: true,
		default: ['accepted', 'correction', 'unattributed'],
		options: [
			{
				name: 'Accepted',
				value: 'accepted',
				description: 'Sales, leads and early events with a sub-ID (u1)',
			},
			{
				name: 'Correction',
				value: 'correction',
				description: 'An earlier sale was cancelled, returned or lowered',
			},
			{
				name: 'Discarded',
				value: 'discarded',
				description: 'By one of your rules, for another site, or not readable',
			},
			{
				name: 'Unattributed',
				value: 'unattributed',
				description: 'Without a sub-ID (u1): the link was not tagged',
			},
		],
		description:
			"Which events leave by the first output. All others leave by the output 'Other'; none is lost. An order may come twice: as an early event (is_event Y) and later as the transaction itself (is_event N), under another ID. Both come through; count only one of them, for example with an event rule.",
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		description: 'What is seldom needed',
		options: [
			{
				displayName: 'Allow Non-Public Address',
				name: 'allowNonPublicAddress',
				type: 'boolean',
				default: false,
				description:
					'Whether to register an address that is not public https, such as localhost. Rakuten itself can never call it; a stand-in for Rakuten in the same network can.',
			},
			{
				displayName: 'Include Raw Values',
				name: 'includeRawValues',
				type: 'boolean',
				default: false,
				description: "Whether to add the values exactly as they came, under 'raw', without the key",
			},
			{
				displayName: 'Pass-On Timeout',
				name: 'passOnTimeout',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 30 },
				default: 5,
				displayOptions: { show: { '/ifAnotherExists': ['replaceAndPassOn'] } },
				description:
					'How many seconds to wait for the other tracker at each of up to three attempts. Rakuten never waits for it.',
			},
		],
	},
];
