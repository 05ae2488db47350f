import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { readApplication, tokenKey } from '../../rakuten/developer/application';
import type { DeveloperApplication } from '../../rakuten/developer/application';
import { tokenIn } from '../../rakuten/developer/boundToken';
import type { DeveloperSecrets } from '../../rakuten/secrets/redactDeveloper';

export const developerCredential = 'rakutenDeveloperApi';

/** Where n8n may ask the API host from: all that is needed of a context is the same in them. */
export type DeveloperContext =
	IExecuteFunctions | IHookFunctions | IPollFunctions | IWebhookFunctions | ILoadOptionsFunctions;

/** What a node needs to know of the credential; keys and tokens stay with the transport. */
export interface DeveloperConnection {
	readonly baseUrl: string;
	readonly siteId: string;
}

/** The connection that the node's credential describes for one item; throws a RakutenProblem. */
export async function developerConnection(
	context: DeveloperContext,
	itemIndex = 0,
): Promise<DeveloperConnection> {
	const { baseUrl, siteId } = readApplication(await credentialOf(context, itemIndex));
	return { baseUrl, siteId };
}

/** The credential as it is stored now, with the access token that it holds. */
export interface StoredCredential {
	readonly data: ICredentialDataDecryptedObject;
	readonly application: DeveloperApplication;
	/** Undefined where none is stored, or one of another application or site. */
	readonly token: string | undefined;
}

/** Reads the credential anew: n8n keeps no copy of it, so another process's token shows at once. */
export async function storedCredential(context: DeveloperContext): Promise<StoredCredential> {
	const data = await credentialOf(context, 0);
	const application = readApplication(data);
	return { data, application, token: tokenIn(data.accessToken, application) };
}

/** Everything secret in a credential, for taking it out of texts. */
export function secretsOf({ data, application, token }: StoredCredential): DeveloperSecrets {
	const newer = tokenIn(data.accessToken, application);
	return {
		clientSecret: application.clientSecret,
		tokenKey: tokenKey(application),
		accessTokens: [token, newer].filter((each) => each !== undefined),
	};
}

async function credentialOf(
	context: DeveloperContext,
	itemIndex: number,
): Promise<ICredentialDataDecryptedObject> {
	return 'getInputData' in context
		? await context.getCredentials(developerCredential, itemIndex)
		: await context.getCredentials(developerCredential);
}

/**
 * Whether somebody waits for each answer, and several questions follow each other: the editor for a
 * workflow to be published or unpublished, which n8n gives up after little more than a minute, or
 * Rakuten for the answer to a postback.
 */
export const isQuickIn = (context: DeveloperContext): boolean => 'getNodeWebhookUrl' in context;

/** Aborts when the user cancels the execution; undefined where nothing can be cancelled. */
export const cancelSignalOf = (context: DeveloperContext): AbortSignal | undefined =>
	'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
