import { text } from '../../../kit/fields/fields';

/** The URL that the postback should have, entered by the user. */
export const expectedUrl = text('expectedUrl', {
	label: 'Expected URL',
	placeholder: 'e.g. https://t1.anytrack.io/hBtoE3hN/collect/rakuten',
	description:
		'The URL that the postback should have, not counting the query string. Leave empty to expect any URL of this n8n.',
});
