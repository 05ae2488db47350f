import type { Operation } from '../../../kit/operation';
import { switchPostback } from './switchPostback';

export const deactivate: Operation = {
	name: 'Deactivate',
	value: 'deactivate',
	action: 'Deactivate postback',
	description: 'Turn off the postback of the site; its URL stays registered',
	fields: [],
	isForAgents: false,
	run: async (context, itemIndex) => await switchPostback(context, itemIndex, false),
};
