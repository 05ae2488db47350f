import { text } from '../../../kit/fields/fields';

/** Where the user says the postback should lead. */
export const expectedUrl = text('expectedUrl', {
	label: 'Expected URL',
	placeholder: 'e.g. https://t1.anytrack.io/hBtoE3hN/collect/rakuten',
	description:
		'Where the postback should lead, not counting what follows the question mark. Leave empty to expect any address of this n8n.',
});
