import type { Operation } from '../../../kit/operation';
import { switchPostback } from './switchPostback';

export const activate: Operation = {
	name: 'Activate',
	value: 'activate',
	action: 'Activate postback',
	description: 'Switch the postback of the site on; its URL stays as it is',
	fields: [],
	isForAgents: false,
	run: async (context, itemIndex) => await switchPostback(context, itemIndex, true),
};
