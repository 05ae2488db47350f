import type { INodeProperties } from 'n8n-workflow';

/** Where the user says the postback should lead. */
export const expectedUrlField: INodeProperties = {
	displayName: 'Expected URL',
	name: 'expectedUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://t1.anytrack.io/hBtoE3hN/collect/rakuten',
	description:
		'Where the postback should lead; what follows the question mark is not compared. Without it, any address of this n8n is taken to be right.',
};
