import { bareAnswer, jsonAnswer, textAnswer, wso2Fault, type Answer } from './answers.mts';
import type { BearerStanding } from './applicationTokens.mts';

/** 401: nothing, OAuth 2 JSON, the old gateway's XML, or its JSON. */
export type UnauthorizedStyle = 'empty' | 'kong' | 'wso2' | 'fault';

/** The limit: 403 as text or JSON, or the old gateway's 503. */
export type RateLimitStyle = 'text' | 'json' | 'wso2';

export type NotEntitledStyle = 'text' | 'json';

/** What the limit is documented with. */
const RATE_LIMIT = 'The number of requests allowed per minute has been exceeded';

const FAULTS: Record<Exclude<BearerStanding, 'valid'>, [code: number, message: string]> = {
	wrong: [900901, 'Invalid Credentials'],
	missing: [900902, 'Missing Credentials'],
	expired: [900903, 'Access Token Expired'],
	superseded: [900904, 'Access Token Inactive'],
};

/** 401, for whatever is wrong with the bearer token. */
export function unauthorized(
	as: UnauthorizedStyle,
	standing: Exclude<BearerStanding, 'valid'>,
): Answer {
	const [code, message] = FAULTS[standing];
	const description = 'Access failure. Make sure you have given the correct access token';
	switch (as) {
		case 'empty':
			return bareAnswer(401);
		case 'wso2':
			return wso2Fault(401, code, message, description);
		case 'fault':
			return jsonAnswer(401, { fault: { code, message, description } });
		case 'kong': {
			const [error, error_description] =
				standing === 'missing'
					? ['invalid_request', 'The access token is missing']
					: ['invalid_token', 'The access token is invalid or has expired'];
			const headers = {
				'www-authenticate':
					standing === 'missing'
						? 'Bearer realm="service"'
						: `Bearer realm="service" error="${error}" error_description="${error_description}"`,
			};
			return jsonAnswer(401, { error, error_description }, headers);
		}
	}
}

/** The limit per minute: 403 here, not 429. */
export function rateLimited(as: RateLimitStyle): Answer {
	if (as === 'wso2') {
		return wso2Fault(503, 900800, 'Message Throttled Out', 'You have exceeded your quota');
	}
	return as === 'json' ? jsonAnswer(403, { message: RATE_LIMIT }) : textAnswer(403, RATE_LIMIT);
}

/** An API the application has no entitlement for. */
export function notEntitled(as: NotEntitledStyle): Answer {
	const text = 'You cannot consume this service';
	return as === 'json' ? jsonAnswer(403, { message: text }) : textAnswer(403, text);
}
