import { bareAnswer, jsonAnswer, wso2Fault, type Answer } from '../host/answers.mts';
import type { Developer } from './developer.mts';
import type { GatewayRequest } from './gatewayRequest.mts';
import type { TokenOutcome } from './tokenRequest.mts';

const GRANT_TYPES = ['password', 'client_credentials', 'refresh_token'];

/**
 * `POST /token` as documented: `Authorization: Bearer base64(id:secret)` and a form with
 * `scope=<site ID>`. `Basic`, a grant type and a refresh token are accepted as well.
 */
export function answerToken(developer: Developer, request: GatewayRequest): Answer {
	const outcome = outcomeOf(developer, request);
	developer.noteTokenRequest(request, outcome);
	if (outcome !== 'issued' && outcome !== 'refreshed')
		return refusalOf(developer, outcome, request);
	const seconds = developer.settings.tokenSeconds;
	const { accessToken, refreshToken } = developer.tokens.issue(seconds);
	return jsonAnswer(
		200,
		{
			access_token: accessToken,
			refresh_token: refreshToken,
			token_type: 'Bearer',
			expires_in: Math.ceil(seconds),
		},
		{ 'cache-control': 'no-store' },
	);
}

function outcomeOf(developer: Developer, request: GatewayRequest): Exclude<TokenOutcome, 'fault'> {
	const { method, contentType, body } = request;
	if (method !== 'POST') return 'wrongMethod';
	if (!/^application\/x-www-form-urlencoded\b/i.test(contentType)) return 'wrongContentType';
	const client = developer.clientStanding(request);
	if (client !== 'valid') return client;
	const form = new URLSearchParams(body);
	const grantType = form.get('grant_type');
	if (grantType !== null && !GRANT_TYPES.includes(grantType)) return 'unknownGrantType';
	const refreshes = grantType === 'refresh_token' || form.has('refresh_token');
	if (refreshes && !developer.tokens.takesRefresh(form.get('refresh_token') ?? '')) {
		return 'wrongRefreshToken';
	}
	const scope = form.get('scope') ?? '';
	if (scope === '') return 'noScope';
	if (/^production$/i.test(scope)) return 'legacyScope';
	if (!/^\d+$/.test(scope)) return 'scopeIsNoNumber';
	if (scope !== developer.siteId) return 'otherSite';
	return refreshes ? 'refreshed' : 'issued';
}

type Refusal = Exclude<TokenOutcome, 'issued' | 'refreshed' | 'fault'>;

/** What a client is told: never which of id and secret was wrong. */
function refusalOf(developer: Developer, refusal: Refusal, { body }: GatewayRequest): Answer {
	const scope = new URLSearchParams(body).get('scope') ?? '';
	const wrongClient = 'Invalid client authentication';
	const [status, error, said] = {
		wrongMethod: [405, 'invalid_method', 'The HTTP method is invalid for the token endpoint'],
		wrongContentType: [
			400,
			'invalid_request',
			'Content-Type must be application/x-www-form-urlencoded',
		],
		noClient: [401, 'invalid_client', 'The client credentials are missing'],
		wrongClientId: [401, 'invalid_client', wrongClient],
		wrongClientSecret: [401, 'invalid_client', wrongClient],
		unknownGrantType: [400, 'unsupported_grant_type', 'Invalid grant_type'],
		wrongRefreshToken: [400, 'invalid_grant', 'Invalid refresh_token'],
		noScope: [400, 'invalid_scope', 'You must specify a scope'],
		legacyScope: [400, 'invalid_scope', `The scope "${scope}" is no longer supported`],
		scopeIsNoNumber: [400, 'invalid_scope', `"${scope}" is an invalid scope`],
		otherSite: [400, 'invalid_scope', `The site ${scope} is not associated with this account`],
	}[refusal] as [number, string, string];
	const headers: Record<string, string> =
		status === 401 ? { 'www-authenticate': 'Bearer realm="service"' } : {};
	switch (developer.settings.tokenRefusalAs) {
		case 'kong':
			return jsonAnswer(status, { error, error_description: said }, headers);
		case 'bare':
			return bareAnswer(status, headers);
		case 'wso2':
			return error === 'invalid_scope'
				? wso2Fault(403, 900908, 'Resource Forbidden', said)
				: wso2Fault(status, 900901, 'Invalid Credentials', said);
	}
}
