import { wholeNumber } from '../kit/fields/fields';

/**
 * How reports are requested: options of an operation, and the usual values of every other reader.
 */
export const daysPerRequest = wholeNumber('daysPerRequest', {
	label: 'Days per Request',
	default: 31,
	min: 1,
	max: 366,
	description:
		'How many days to ask Rakuten for at once. A part that is too large for Rakuten is split in half automatically.',
});

export const maxRetries = wholeNumber('maxRetries', {
	label: 'Retries',
	default: 3,
	min: 0,
	max: 10,
	description:
		'How often to try again after Rakuten was busy or a connection broke. Waiting times double.',
});

export const timeout = wholeNumber('timeout', {
	label: 'Timeout',
	default: 300,
	min: 5,
	max: 3600,
	description: 'How many seconds Rakuten may be silent. Large reports take minutes.',
});
