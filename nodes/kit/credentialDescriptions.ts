import { UnexpectedError } from 'n8n-workflow';
import type { INodeCredentialDescription } from 'n8n-workflow';

import type { Field } from './fields/field';
import { credentialsOf } from './operation';
import type { CredentialUse, Operation, Resource } from './operation';

interface Use {
	readonly resource: Resource;
	readonly operation: Operation;
	/** Undefined if the operation does not need the credential. */
	readonly use: CredentialUse | undefined;
}

type Conditions = Record<string, Array<string | boolean>>;

/**
 * The credentials of a node, each shown for exactly the operations that need it. n8n looks at one
 * entry for each credential, so it says for what a credential is hidden: where one condition fits
 * is enough. (Saying for what it is shown, n8n's editor would take the menu Resource for the choice of
 * an authentication, and hide it.)
 *
 * @throws UnexpectedError where n8n has no way to say it: two operations have the same value and
 * one of them needs the credential, or two of its operations have a field of the same name on which
 * it depends for one alone. Another value or name resolves it.
 */
export function credentialDescriptions(
	resources: readonly Resource[],
): INodeCredentialDescription[] {
	const pairs = resources.flatMap((resource) =>
		resource.operations.map((operation) => ({ resource, operation })),
	);
	const names = pairs.flatMap(({ resource, operation }) =>
		credentialsOf(resource, operation).map(({ name }) => name),
	);
	return [...new Set(names)].sort().map((name) => {
		const uses = pairs.map(({ resource, operation }): Use => {
			const use = credentialsOf(resource, operation).find((each) => each.name === name);
			return { resource, operation, use };
		});
		const hide = hiddenFor(name, uses);
		const displayOptions = Object.keys(hide).length === 0 ? {} : { displayOptions: { hide } };
		return { name, required: true, ...displayOptions };
	});
}

function hiddenFor(credential: string, uses: readonly Use[]): Conditions {
	const needing = uses.filter(({ use }) => use);
	const hide: Conditions = {};
	const add = (name: string, value: string | boolean) => {
		if (!(hide[name] ??= []).includes(value)) hide[name].push(value);
	};
	for (const { resource, operation, use } of uses) {
		if (use) {
			const { when } = use;
			if (!when) continue;
			const other = needing.find(
				(each) =>
					each.use!.when?.field.name !== when.field.name &&
					each.operation.fields.some(({ name }) => name === when.field.name),
			);
			if (other) throw ambiguous(credential, `the field "${when.field.name}"`);
			for (const value of valuesOf(when.field)) {
				if (!when.is.includes(value)) add(when.field.name, value);
			}
		} else if (!needing.some((each) => each.resource === resource)) {
			add('resource', resource.value);
		} else if (needing.some((each) => each.operation.value === operation.value)) {
			throw ambiguous(credential, `the operation "${operation.value}"`);
		} else {
			add('operation', operation.value);
		}
	}
	return hide;
}

function valuesOf({ property }: Field): Array<string | boolean> {
	if (property.type === 'boolean') return [true, false];
	return (property.options ?? []).flatMap((option) =>
		'value' in option && typeof option.value === 'string' ? [option.value] : [],
	);
}

const ambiguous = (credential: string, what: string) =>
	new UnexpectedError(
		`The credential "${credential}" can't be shown for its operations alone: ${what} is in several of them. Give it another name.`,
	);
