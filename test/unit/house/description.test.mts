import { basename } from 'node:path';

import type { INodeProperties } from 'n8n-workflow';

import { RakutenAdvertising } from '../../../nodes/RakutenAdvertising/RakutenAdvertising.node';
import { resources } from '../../../nodes/RakutenAdvertising/resources';
import { builtCredentials, builtNodes } from './builtDescriptions.mts';

/** Every field a user can meet, those inside collections included, by its path. */
function allFields(
	properties: readonly INodeProperties[],
	path = '',
): Array<[string, INodeProperties]> {
	return properties.flatMap((field): Array<[string, INodeProperties]> => {
		const here = `${path}${field.name}`;
		const inner = (field.options ?? []).flatMap((option) => {
			if ('values' in option) return allFields(option.values, `${here}.`);
			return 'displayName' in option ? allFields([option as INodeProperties], `${here}.`) : [];
		});
		return [[here, field], ...inner];
	});
}

const node = new RakutenAdvertising();
const fields = [
	...builtNodes().flatMap(([file, { description }]) =>
		allFields(description.properties, `${basename(file, '.node.ts')}: `),
	),
	...builtCredentials().flatMap(([file, { properties }]) =>
		allFields(properties, `${basename(file, '.credentials.ts')}: `),
	),
];

describe('what the user meets', () => {
	it('has a description on every field', () => {
		const bare = fields
			.filter(([, { name }]) => name !== 'resource' && name !== 'operation')
			.filter(([, { type }]) => type !== 'notice')
			.filter(([, { description }]) => !description || description.length < 10)
			.map(([path]) => path);
		expect(bare).toEqual([]);
		expect(fields.length).toBeGreaterThan(30);
	});

	it('says what each resource and operation does', () => {
		for (const resource of resources) {
			expect(resource.description.length).toBeGreaterThan(10);
			for (const operation of resource.operations) {
				expect(operation.description.length).toBeGreaterThan(10);
				expect(operation.action).toMatch(/^[A-Z]/);
			}
		}
	});

	it('lists operations in the order of the alphabet, each once', () => {
		for (const { operations } of resources) {
			const names = operations.map(({ name }) => name);
			expect(names).toEqual([...new Set(names)].sort());
		}
	});

	it('asks for a report before the range, the networks, the output and the options', () => {
		const shown = node.description.properties
			.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes('get'))
			// Those of an AI agent are shown to nobody else.
			.filter(({ displayOptions }) => !displayOptions?.show?.['@tool'])
			.map(({ displayName }) => displayName);
		const order = ['Report', 'Date Range', 'Networks', 'Output', 'Options'];
		expect(shown.filter((name) => order.includes(name))).toEqual(order);
	});

	it('avoids the words that alarm and explain nothing', () => {
		for (const [path, { description, hint }] of fields) {
			expect(`${path}: ${description ?? ''} ${hint ?? ''}`).not.toMatch(
				/\b(error|problem|failure|mistake)\b/i,
			);
		}
	});

	it('has an output for what was rejected where lines are read, and one for the summary of a report', () => {
		const outputs = node.description.outputs as string;
		const evaluate = (resource: string, operation: string) =>
			(
				new Function('$parameter', `return ${outputs.slice(3, -2)}`)({
					resource,
					operation,
				}) as Array<{ displayName?: string }>
			).map(({ displayName }) => displayName);
		expect(evaluate('report', 'get')).toEqual(['Rows', 'Rejected', 'Summary']);
		expect(evaluate('transaction', 'getMany')).toEqual(['Lines', 'Rejected']);
		expect(evaluate('report', 'getColumns')).toEqual([undefined]);
		expect(evaluate('report', 'checkConnection')).toEqual([undefined]);
		expect(evaluate('postback', 'get')).toEqual([undefined]);
	});
});
