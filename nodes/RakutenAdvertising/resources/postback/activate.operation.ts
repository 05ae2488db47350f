import type { Operation } from '../../../kit/operation';
import { switchPostback } from './switchPostback';

export const activate: Operation = {
	name: 'Activate',
	value: 'activate',
	action: 'Activate postback',
	description: 'Turn on the postback of the site; its URL stays the same',
	fields: [],
	isForAgents: false,
	run: async (context, itemIndex) => await switchPostback(context, itemIndex, true),
};
