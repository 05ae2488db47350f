import type { IDisplayOptions, IExecuteFunctions } from 'n8n-workflow';

import type { WantedFields } from '../../rakuten/line/fieldOrder';
import { isAgentTool } from './agentTool';
import type { Field } from './fields/field';
import { choice, choices, toggle } from './fields/fields';
import type { Choice } from './fields/fields';
import { itemFields } from './fields/readFields';

/** The fields that choose how much of an item is returned, as n8n's guidelines name them. */
export interface SimplifyFields {
	readonly fields: readonly Field[];
	/** What was chosen; for an agent by its own field. */
	wanted(context: IExecuteFunctions, itemIndex: number): WantedFields;
}

/**
 * Makes the fields for an operation whose items have more than ten fields: *Simplify* for people, and
 * *Output* with a list of fields for agents.
 *
 * @param names what the user can choose from; an expression may give other names
 * @param show when *Simplify* is shown, beside its operation
 */
export function simplifyFields(
	names: readonly Choice<string>[],
	show: IDisplayOptions['show'] = {},
): SimplifyFields {
	const simplify = toggle('simplify', {
		label: 'Simplify',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
		displayOptions: { show, hide: { '@tool': [true] } },
	});
	const agentOutput = choice('agentOutput', {
		label: 'Output',
		default: 'simplified',
		description: 'How much of each item the agent gets',
		choices: [
			{ name: 'Raw', value: 'raw', description: 'All fields' },
			{ name: 'Selected Fields', value: 'selected', description: 'The fields you choose' },
			{ name: 'Simplified', value: 'simplified', description: 'The ten most useful fields' },
		],
		displayOptions: { show: { '@tool': [true] } },
	});
	const listed = choices('agentFields', {
		label: 'Fields',
		default: [],
		required: true,
		description: 'The fields that the agent gets. An expression may name others.',
		choices: [...names].sort((a, b) => a.name.localeCompare(b.name)),
		displayOptions: { show: { '@tool': [true], agentOutput: ['selected'] } },
	});
	const selected = {
		...listed,
		read: (value: unknown): string[] =>
			(Array.isArray(value) ? value : String(value ?? '').split(',')).map((name) =>
				String(name).trim(),
			),
	};
	return {
		fields: [simplify, agentOutput, selected],
		wanted(context, itemIndex) {
			const field = itemFields(context, itemIndex);
			if (!isAgentTool(context)) return field(simplify) ? 'simplified' : 'all';
			const chosen = field(agentOutput);
			return chosen === 'selected' ? field(selected) : chosen === 'raw' ? 'all' : chosen;
		},
	};
}
