import type { INodeProperties } from 'n8n-workflow';

import { columnPresets } from '../../../../rakuten/report/requiredColumns';

/** Which columns a report must have; an option of Get, a field of Get Columns. */
export const requiredColumnsField: INodeProperties = {
	displayName: 'Required Columns',
	name: 'requiredColumns',
	type: 'options',
	default: 'none',
	description:
		'Columns that the report must have, in any order and spelling. What is missing is named before any data is read, with the steps to add it.',
	options: [
		{ name: 'Custom List', value: 'custom', description: 'The columns you name yourself' },
		...columnPresets.map(({ name, value, description }) => ({ name, value, description })),
		{ name: 'None', value: 'none', description: 'Take the report as it is' },
	],
};

export const requiredColumnListField: INodeProperties = {
	displayName: 'Required Column List',
	name: 'requiredColumnList',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. Order ID, Sales, Total Commission',
	description:
		'The columns by their names in the dashboard, separated by commas or new lines. Used with the custom list.',
};
