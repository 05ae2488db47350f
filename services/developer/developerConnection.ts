import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { readApplication } from '../../rakuten/developer/application';
import type { DeveloperApplication } from '../../rakuten/developer/application';
import { tokenIn } from '../../rakuten/developer/boundToken';
import { credentialSecrets } from '../../rakuten/secrets/credentialSecrets';
import type { ServiceContext } from '../context';
import { paceKey } from '../pacing';
import type { Patience } from '../patience';

export const developerCredential = 'rakutenDeveloperApi';

/** What a node needs to know of the credential; keys and tokens stay in services/. */
export interface DeveloperConnection {
	readonly baseUrl: string;
	readonly siteId: string;
	/** Requests are counted by the application. */
	readonly paceKey: string;
	readonly patience: Patience;
}

/**
 * The connection that the node's credential describes for one item.
 *
 * @throws RakutenProblem where a field of the credential can't be used
 */
export async function developerConnection(
	context: ServiceContext,
	patience: Patience,
	itemIndex = 0,
): Promise<DeveloperConnection> {
	const data = await context.getCredentials(developerCredential, itemIndex);
	const { baseUrl, siteId, clientId } = readApplication(data);
	return { baseUrl, siteId, paceKey: paceKey(`${baseUrl} ${clientId}`), patience };
}

/** The credential as it is stored now, with the access token that it holds. */
export interface StoredCredential {
	readonly data: ICredentialDataDecryptedObject;
	readonly application: DeveloperApplication;
	/** Undefined where none is stored, or one of another application or site. */
	readonly token: string | undefined;
}

/** Reads the credential again: n8n keeps no copy of it, so another process's token shows at once. */
export async function storedCredential(context: ServiceContext): Promise<StoredCredential> {
	const data = await context.getCredentials(developerCredential, 0);
	const application = readApplication(data);
	return { data, application, token: tokenIn(data.accessToken, application) };
}

/** Everything secret in a credential, for taking it out of texts. */
export const storedSecrets = ({ data, token = '' }: StoredCredential): string[] => [
	...credentialSecrets(developerCredential, data),
	token,
];
