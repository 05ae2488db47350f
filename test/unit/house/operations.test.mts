import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { NodeHelpers } from 'n8n-workflow';
import type { INodeParameters, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { credentialsOf } from '../../../nodes/kit/operation';
import type { Operation, Resource } from '../../../nodes/kit/operation';
import { builtNodes } from './builtDescriptions.mts';

const project = resolve(__dirname, '../../..');

interface Listed {
	/** The node's folder. */
	folder: string;
	node: INodeType;
	resource: Resource;
	operation: Operation;
	/** `Report > Get` */
	title: string;
}

/** The operations of every node that has a menu of them. */
const operations: Listed[] = builtNodes().flatMap(([file, node]) => {
	const folder = join(project, file, '..');
	if (!existsSync(join(folder, 'resources'))) return [];
	const { resources } = require(join(folder, 'resources')) as { resources: readonly Resource[] };
	return resources.flatMap((resource) =>
		resource.operations.map((operation) => ({
			folder,
			node,
			resource,
			operation,
			title: `${resource.name} > ${operation.name}`,
		})),
	);
});

const titles = operations.map(({ title }) => title);

/** Parameters of a node with an operation chosen, and everything else as the editor sets it at first. */
function parametersOf(
	{ description }: INodeType,
	chosen: INodeParameters,
	type: INodeTypeDescription = description,
): INodeParameters {
	const node = { typeVersion: 1, parameters: chosen };
	return NodeHelpers.getNodeParameters(description.properties, chosen, true, false, node, type)!;
}

/** The credentials that n8n asks for. */
const demanded = ({ description }: INodeType, parameters: INodeParameters) =>
	description
		.credentials!.filter((credential) =>
			NodeHelpers.displayParameter(parameters, credential, null, description),
		)
		.map(({ name }) => name);

/** Every value of the fields that change what an operation needs. */
function variants({ resource, operation }: Listed): INodeParameters[] {
	const conditions = credentialsOf(resource, operation).flatMap(({ when }) => (when ? [when] : []));
	return conditions.reduce<INodeParameters[]>(
		(before, { field }) => {
			const values =
				field.property.type === 'boolean'
					? [true, false]
					: field.property.options!.map((option) => (option as { value: string }).value);
			return before.flatMap((each) => values.map((value) => ({ ...each, [field.name]: value })));
		},
		[{}],
	);
}

describe('every operation', () => {
	it('is found', () => {
		expect(titles).toContain('Report > Get');
		expect(titles.length).toBeGreaterThan(8);
		expect(new Set(titles).size).toBe(titles.length);
	});

	it.each(operations.flatMap((each) => variants(each).map((values) => [each.title, values, each])))(
		'%s with %j makes n8n ask for exactly the credentials it declares',
		(_title, values, listed) => {
			const { node, resource, operation } = listed as Listed;
			const chosen = { resource: resource.value, operation: operation.value };
			const parameters = parametersOf(node, { ...chosen, ...(values as INodeParameters) });
			const declared = credentialsOf(resource, operation)
				.filter(({ when }) => !when || when.is.includes(parameters[when.field.name] as string))
				.map(({ name }) => name);
			expect(demanded(node, parameters).sort()).toEqual(declared.sort());
		},
	);

	it('has an output schema, and every schema an operation', () => {
		const folders = [...new Set(operations.map(({ folder }) => folder))];
		const found = folders.flatMap((folder) => {
			const schemas = join(folder, '__schema__/v1.0.0');
			return readdirSync(schemas).flatMap((resource) =>
				readdirSync(join(schemas, resource)).map((file) => join(folder, resource, file)),
			);
		});
		const wanted = operations.map(({ folder, resource, operation }) =>
			join(folder, resource.value, `${operation.value}.json`),
		);
		expect(found.sort()).toEqual(wanted.sort());
	});

	it('has a row in the table of operations, and every row an operation', () => {
		const page = readFileSync(join(project, 'docs/operations.md'), 'utf8');
		const rows = [...page.matchAll(/^\| (\w[\w ]*?) +\| (.*?) +\|/gm)].flatMap(
			([, resource, names]) =>
				[...names.matchAll(/\*\*(.+?)\*\*/g)].map(([, name]) => `${resource} > ${name}`),
		);
		expect(rows.sort()).toEqual([...titles].sort());
	});

	it('has an engine test that names it', () => {
		const tests = join(project, 'test/engine');
		const named = readdirSync(tests)
			.filter((file) => file.endsWith('.test.mts'))
			.flatMap((file) => [
				...readFileSync(join(tests, file), 'utf8').matchAll(
					/(?:describe|it)(?:\.each)?\(\s*['"`](.+)/g,
				),
			])
			.map(([, title]) => title);
		const isNamed = (title: string) =>
			named.some((each) => new RegExp(`${title}(?=[:,'"])`).test(each));
		expect(titles.filter((title) => !isNamed(title))).toEqual([]);
	});
});

describe('an AI agent', () => {
	const asTool = ({ description }: INodeType): INodeTypeDescription => ({
		...description,
		name: `${description.name}Tool`,
	});

	/** What the menu offers, as a node or as a tool. */
	const offered = (listed: Listed, type: INodeTypeDescription) =>
		listed.node.description.properties
			.filter(({ name }) => name === 'operation')
			.filter((property) =>
				NodeHelpers.displayParameter({ resource: listed.resource.value }, property, null, type),
			)
			.flatMap(({ options }) => options!.map((option) => (option as { value: string }).value));

	it.each(operations.map((listed) => [listed.title, listed] as const))(
		'is offered %s only if it is for agents; a person always is',
		(_title, listed) => {
			const { operation, node } = listed;
			expect(offered(listed, node.description)).toContain(operation.value);
			expect(offered(listed, asTool(node)).includes(operation.value)).toBe(operation.isForAgents);
		},
	);

	it('may use nothing that changes something at Rakuten', () => {
		const forAgents = operations.filter(({ operation }) => operation.isForAgents);
		const changing = /\b(create|update|upsert|delete|remove|send|activate|deactivate|import)/i;
		expect(forAgents.filter(({ operation }) => changing.test(operation.name))).toEqual([]);
		expect(forAgents.length).toBeGreaterThan(3);
	});
});
