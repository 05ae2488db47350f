import { RakutenProblem } from '../../rakuten/problem';
import { columnPresets, readColumnList } from '../../rakuten/report/requiredColumns';
import { choice, text } from '../kit/fields/fields';

/** Which columns a report must have; an option of Get, a field of Get Columns. */
export const requiredColumns = choice('requiredColumns', {
	label: 'Required Columns',
	default: 'none',
	description:
		'Columns that the report must have, in any order and spelling. Missing ones are named before any data is read, with the steps to add them.',
	choices: [
		{ name: 'Custom List', value: 'custom', description: 'Columns that you list yourself' },
		...columnPresets.map(({ name, value, description }) => ({ name, value, description })),
		{ name: 'None', value: 'none', description: 'Accept the report as it is' },
	].sort((a, b) => a.name.localeCompare(b.name)),
});

export const requiredColumnList = text('requiredColumnList', {
	label: 'Required Column List',
	rows: 4,
	placeholder: 'e.g. Order ID, Sales, Total Commission',
	description:
		'The columns by their names in the dashboard, separated by commas or new lines. Used with the custom list.',
});

/** The columns of a preset or of the user's own list; empty for none. */
export function columnsRequired(choiceValue: string, list: string): readonly string[] {
	if (choiceValue === 'none') return [];
	const preset = columnPresets.find(({ value }) => value === choiceValue);
	if (preset) return preset.columns;
	const columns = readColumnList(list);
	if (columns.length > 0) return columns;
	throw new RakutenProblem(
		'noRequiredColumns',
		"'Required Columns' is set to a custom list, but 'Required Column List' is empty",
		"Enter the columns' names as in the dashboard, separated by commas, or choose a preset.",
	);
}
