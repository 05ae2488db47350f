import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';

import { NodeHelpers } from 'n8n-workflow';
import type { ICredentialType, INodeProperties, INodeType } from 'n8n-workflow';

import { RakutenAdvertising } from '../../../nodes/RakutenAdvertising/RakutenAdvertising.node';
import { resources } from '../../../nodes/RakutenAdvertising/resources';

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

const project = resolve(__dirname, '../../..');
const { n8n } = JSON.parse(readFileSync(resolve(project, 'package.json'), 'utf8')) as {
	n8n: { nodes: string[]; credentials: string[] };
};

/** What n8n makes of a file that package.json names. */
function load<T>(file: string): T {
	const module = require(resolve(project, file.replace(/^dist\/(.*)\.js$/, '$1'))) as object;
	const [made] = Object.values(module) as Array<new () => T>;
	return new made();
}

const node = new RakutenAdvertising();
const fields = [
	...n8n.nodes.flatMap((file) =>
		allFields(load<INodeType>(file).description.properties, `${basename(file, '.node.js')}: `),
	),
	...n8n.credentials.flatMap((file) =>
		allFields(load<ICredentialType>(file).properties, `${basename(file, '.credentials.js')}: `),
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

	it('has two outputs for what reads lines and one for the others', () => {
		const outputs = node.description.outputs as string;
		const evaluate = (resource: string, operation: string) =>
			(
				new Function('$parameter', `return ${outputs.slice(3, -2)}`)({
					resource,
					operation,
				}) as Array<{ displayName?: string }>
			).map(({ displayName }) => displayName);
		expect(evaluate('report', 'get')).toEqual(['Rows', 'Rejected']);
		expect(evaluate('transaction', 'getMany')).toEqual(['Lines', 'Rejected']);
		expect(evaluate('report', 'getColumns')).toEqual([undefined]);
		expect(evaluate('report', 'checkConnection')).toEqual([undefined]);
		expect(evaluate('postback', 'get')).toEqual([undefined]);
	});

	it.each([
		[{ resource: 'report' }, ['rakutenReportingApi']],
		[{ resource: 'postback' }, ['rakutenDeveloperApi']],
		[{ resource: 'transaction', continueFromReport: false }, ['rakutenDeveloperApi']],
		[
			{ resource: 'transaction', continueFromReport: true },
			['rakutenDeveloperApi', 'rakutenReportingApi'],
		],
	])('asks for the credentials that %j needs', (parameters, names) => {
		const shown = node.description
			.credentials!.filter((credential) =>
				NodeHelpers.displayParameter(parameters, credential, null, node.description),
			)
			.map(({ name }) => name);
		expect(shown).toEqual(names);
	});
});
