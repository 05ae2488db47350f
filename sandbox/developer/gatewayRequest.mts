import type { Api } from '../host/apis.mts';
import type { Authorization } from '../host/authorization.mts';

/** A request to the API host, its body read. */
export interface GatewayRequest {
	number: number;
	time: string;
	api: Api;
	method: string;
	path: string;
	query: string;
	contentType: string;
	authorization: Authorization;
	body: string;
}
