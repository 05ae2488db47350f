import type {
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	RequestHelperFunctions,
} from 'n8n-workflow';

/** What is needed of n8n to ask a service: all its contexts have it, wherever a node runs. */
export interface ServiceContext {
	getCredentials(type: string, itemIndex?: number): Promise<ICredentialDataDecryptedObject>;
	readonly helpers: Pick<RequestHelperFunctions, 'httpRequestWithAuthentication'>;
	/** Aborts when the user cancels the execution; not there where nothing can be cancelled. */
	getExecutionCancelSignal?(): AbortSignal | undefined;
}

/**
 * Sends a request that the credential signs.
 *
 * @param data the credential's fields, in place of those stored
 */
export async function sendSigned(
	context: ServiceContext,
	credential: string,
	options: IHttpRequestOptions,
	data?: ICredentialDataDecryptedObject,
): Promise<IN8nHttpFullResponse> {
	return (await context.helpers.httpRequestWithAuthentication.call(
		context as unknown as IAllExecuteFunctions,
		credential,
		options,
		data && { credentialsDecrypted: { id: '', name: '', type: credential, data } },
	)) as IN8nHttpFullResponse;
}
