import type {
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	RequestHelperFunctions,
} from 'n8n-workflow';

/** The parts of n8n needed to ask a service: all its contexts have them, wherever a node runs. */
export interface ServiceContext {
	getCredentials(type: string, itemIndex?: number): Promise<ICredentialDataDecryptedObject>;
	readonly helpers: Pick<RequestHelperFunctions, 'httpRequestWithAuthentication'>;
	/** Aborts when the user cancels the execution; absent if nothing can be cancelled. */
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
