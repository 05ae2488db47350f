import type { INodeProperties } from 'n8n-workflow';

const optionFields: INodeProperties[] = [
	{
		displayName: 'Maximum Lines per Poll',
		name: 'mostLines',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 10_000 },
		default: 1000,
		description:
			'How many lines one execution gets at the most. The rest comes with the next poll.',
	},
	{
		displayName: 'Notice After Silent Hours',
		name: 'silenceHours',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 24,
		description:
			"After how many hours without a new line the output 'Notices' says so, once until a line arrives again. 0 for never.",
	},
	{
		displayName: 'Overlap in Days',
		name: 'overlapDays',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 60 },
		default: 3,
		displayOptions: { show: { '/source': ['report'] } },
		description:
			'How many days before the last poll are read again, for lines that appear in the report later than their process date. What was given out already does not come again.',
	},
	{
		displayName: 'Overlap in Minutes',
		name: 'overlapMinutes',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 10_080 },
		default: 30,
		displayOptions: { show: { '/source': ['events'] } },
		description:
			'How many minutes before the last poll are read again, for lines that appear later than their process date. What was given out already does not come again.',
	},
];

/** Options that most never add; `optionDefault` tells their values then. */
export const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	description: 'What rarely has to be changed',
	options: optionFields,
};

/** What an option is where the user has not added it. */
export const optionDefault = (name: string): unknown =>
	optionFields.find((field) => field.name === name)?.default;
