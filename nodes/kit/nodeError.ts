import { NodeOperationError } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';

import { outcomeOf } from '../../rakuten/outcome';
import { RakutenProblem } from '../../rakuten/problem';
import { credentialSecrets } from '../../rakuten/secrets/credentialSecrets';
import { redact } from '../../rakuten/secrets/redact';

/** What is needed of n8n's contexts to take a node's own secrets out of an error. */
interface ErrorContext {
	getNode(): INode;
	getCredentials(type: string, itemIndex?: number): Promise<ICredentialDataDecryptedObject>;
}

/** What differs from node to node. */
interface ErrorPlace {
	/** The input item it belongs to. */
	readonly itemIndex?: number;
	/** Of several items, the message names the one. */
	readonly isOneOfMany?: boolean;
	/** Whether n8n shows the message alone, as at activation: it says what to do as well then. */
	readonly isMessageAlone?: boolean;
}

/** Nobody reads more, and taking secrets out takes time in proportion. */
const longestText = 20_000;

/**
 * The error a user sees, whatever was thrown. Built from texts only, without a secret: an HTTP error
 * attached as cause would carry the request's URL, and with it the token, into logs and saved
 * executions.
 */
export async function nodeError(
	context: ErrorContext,
	cause: unknown,
	{ itemIndex, isOneOfMany = false, isMessageAlone = false }: ErrorPlace = {},
): Promise<NodeOperationError> {
	const known = await secretsInUse(context, itemIndex);
	const clean = (text: string) => redact(text.slice(0, longestText), known);
	const message = clean(messageOf(cause));
	const description = clean(descriptionOf(cause) ?? '');
	const shown = new NodeOperationError(
		context.getNode(),
		isOneOfMany ? `${message} [item ${itemIndex}]` : message,
		{
			itemIndex,
			description: description === '' ? undefined : description,
			level: cause instanceof RakutenProblem ? 'warning' : undefined,
		},
	);
	// Afterwards, because n8n puts a general sentence in place of a message that holds a network code.
	if (isMessageAlone && description !== '') shown.message = `${message}. ${description}`;
	return shown;
}

/** The secrets in the credentials of the node, as far as they can be read. */
async function secretsInUse(
	context: ErrorContext,
	itemIndex: number | undefined,
): Promise<string[]> {
	const secrets: string[] = [];
	for (const name of Object.keys(context.getNode().credentials ?? {})) {
		const fields = await outcomeOf(
			(async () => await context.getCredentials(name, itemIndex ?? 0))(),
		);
		if (fields.ok) secrets.push(...credentialSecrets(name, fields.value));
	}
	return secrets;
}

const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

function descriptionOf(cause: unknown): string | undefined {
	const isOurs = cause instanceof RakutenProblem || cause instanceof NodeOperationError;
	return isOurs ? (cause.description ?? undefined) : undefined;
}
