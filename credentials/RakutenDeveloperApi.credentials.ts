import { RakutenProblem } from '../rakuten/problem';
import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';

import { requestAccessToken } from '../services/developer/developerToken';
import { developerServiceUrl, readApplication } from '../rakuten/developer/application';
import { boundToken, tokenIn } from '../rakuten/developer/boundToken';
import { isAtService, withoutRedirects } from '../rakuten/service/serviceUrl';

/** An application of Rakuten's developer portal, for the postback and Events APIs of one site. */
export class RakutenDeveloperApi implements ICredentialType {
	name = 'rakutenDeveloperApi';

	displayName = 'Rakuten Developer Portal API';

	icon: Icon = {
		light: 'file:../icons/affiliateReport.svg',
		dark: 'file:../icons/affiliateReport.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-rakuten-advertising/n8n-nodes-rakuten-advertising/blob/main/docs/developer-credential.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Site ID',
			name: 'siteId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 3771737',
			hint: 'The 7-digit number after Site ID, at the top right of the dashboard',
			description:
				'The 7-digit number after "Site ID" (Publisher ID) at the top right of the Rakuten dashboard, not the 11-character ID in a link',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			hint: 'developers.rakutenadvertising.com: Applications > Add Application > Create. A developer account is approved automatically.',
			description:
				'In the developer portal (developers.rakutenadvertising.com; an account there is approved automatically) choose Applications, Add Application, give it a name such as n8n, Create, and copy the Client ID. Use a separate application for each n8n: each new access token invalidates the previous one.',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			hint: 'Next to the Client ID of the same application',
			description: 'The Client Secret that the developer portal shows next to the Client ID',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
			description: 'Filled in by n8n from the fields above, and renewed when it expires',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: developerServiceUrl,
			required: true,
			description: "Address of Rakuten's API. Change it only if Rakuten tells you to.",
		},
	];

	/**
	 * Asks for an access token. n8n stores it and calls this again when there is none, when a request
	 * is answered with 401, and, depending on how it was started, for every credential test; the nodes
	 * of this package see to it that it is asked for no more often than needed (see
	 * services/developer/developerSession).
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const application = readApplication(credentials);
		const token = await requestAccessToken(this, application);
		return { accessToken: boundToken(token, application) };
	}

	/**
	 * Adds the access token to requests to the base URL only: other nodes may use this credential, and
	 * must not be able to send the token elsewhere. A token of another site, application or secret
	 * than the fields now hold is left off, which makes n8n get another, and a test fail that should.
	 */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		const application = readApplication(credentials);
		if (!isAtService(requestOptions, application.baseUrl)) {
			throw new RakutenProblem(
				'otherService',
				'The access token was not sent: the request goes to another address than the credential is for',
				`This credential is for ${application.baseUrl} only.`,
			);
		}
		const token = tokenIn(credentials.accessToken, application);
		if (token === undefined) return requestOptions;
		return withoutRedirects({
			...requestOptions,
			headers: { ...requestOptions.headers, Authorization: `Bearer ${token}` },
		});
	};

	/**
	 * The last transaction of the site: a list, empty or not, for any site. (The postback would be
	 * smaller, but is 404 for a site without one.) It comes after the request for a token, whose
	 * refusals name the field at fault themselves.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/events/1.0/transactions',
			headers: { Accept: 'application/json' },
			qs: { limit: 1 },
			disableFollowRedirect: true,
		},
		rules: [
			...[301, 302, 303, 307, 308].map((status) => ({
				type: 'responseCode' as const,
				properties: {
					value: status,
					message: `The Base URL redirects to another address (status ${status}), where nothing secret was sent. Set it to ${developerServiceUrl}, with nothing after it.`,
				},
			})),
			{
				type: 'responseCode',
				properties: {
					value: 400,
					message:
						'Rakuten gave an access token but refused the request (status 400). Compare the Site ID with the number at the top right of the dashboard.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Rakuten gave an access token and then refused it (status 401). Either the Site ID does not belong to this account, or another program requested a token with the same Client ID at the same moment: test again, and give each n8n its own application.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Client ID, Client Secret and Site ID were accepted, but not the request for transactions (status 403): either there were too many requests within a minute, so test again in a minute, or the account has no access to the Events API, which Rakuten can enable for you. Postback > Get may still work.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'Nothing was found at this address (status 404). Check the Base URL.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 429,
					message:
						'Client ID, Client Secret and Site ID were accepted, but there were too many requests within a minute (status 429). Wait a minute and test again.',
				},
			},
			...[500, 502, 503, 504].map((status) => ({
				type: 'responseCode' as const,
				properties: {
					value: status,
					message: `Client ID, Client Secret and Site ID were accepted, but Rakuten's API did not answer properly (status ${status}). Test again later.`,
				},
			})),
		],
	};
}
