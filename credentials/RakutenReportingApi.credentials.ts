import { RakutenProblem } from '../rakuten/problem';
import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { readBaseUrl, reportingServiceUrl, requireOwnService } from '../rakuten/report/baseUrl';
import { parseGetApiUrl } from '../rakuten/report/getApiUrl';
import { readReportToken } from '../rakuten/report/reportToken';
import { isAtService, withoutRedirects } from '../rakuten/service/serviceUrl';
import { readSiteId } from '../rakuten/site/siteId';

/** Report token of the reporting API ("Get API" in the dashboard), with the site it belongs to. */
export class RakutenReportingApi implements ICredentialType {
	name = 'rakutenReportingApi';

	displayName = 'Rakuten Reporting API';

	icon: Icon = {
		light: 'file:../icons/affiliateReport.svg',
		dark: 'file:../icons/affiliateReport.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-rakuten-advertising/n8n-nodes-rakuten-advertising/blob/main/docs/credentials.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Report Token',
			name: 'reportToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. the whole URL that Get API shows',
			hint: 'Dashboard: Reports > Reporting > choose a report > arrow beside View Report > Get API. Paste the whole URL.',
			description:
				'In the dashboard open Reports > Reporting, choose a report, select the arrow beside View Report, then Get API. Paste the whole URL (it also contains the report, network, time zone and date type) or only the text after token=.',
		},
		{
			displayName: 'Site ID',
			name: 'siteId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 3771737',
			hint: 'The 7-digit number after Site ID, at the top right of the dashboard',
			description:
				'The 7-digit number after "Site ID" at the top right of the dashboard, not the 11-character ID in a link. Optional; it is added to every row.',
		},
		{
			displayName: 'Site Name',
			name: 'siteName',
			type: 'string',
			default: '',
			placeholder: 'e.g. My Travel Blog',
			description:
				'Your name for the website with this Site ID. Optional; it is added to every row, so that several sites can share a table.',
		},
		{
			displayName: 'Seconds Between Requests',
			name: 'secondsBetweenRequests',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 12,
			description:
				'How long to wait between two requests with this token, in all workflows of this n8n process together. Rakuten allows about 5 requests a minute.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: reportingServiceUrl,
			required: true,
			description: 'Address of the reporting service. Change it only if Rakuten tells you to.',
		},
	];

	/**
	 * Adds the token in the one form Rakuten takes, however it was pasted, and to requests to the base
	 * URL only: other nodes may use this credential, and must not be able to send the token elsewhere, nor be led there by a redirect.
	 */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		const pasted = String(credentials.reportToken ?? '');
		const token = readReportToken(pasted);
		readSiteId(String(credentials.siteId ?? ''));
		const service = readBaseUrl(String(credentials.baseUrl ?? ''));
		requireOwnService(parseGetApiUrl(pasted)?.baseUrl, service);
		if (!isAtService(requestOptions, service)) {
			throw new RakutenProblem(
				'otherService',
				'The report token was not sent: the request goes to another address than the credential is for',
				`This credential is for ${service} only.`,
			);
		}
		return withoutRedirects({
			...requestOptions,
			qs: { ...requestOptions.qs, token },
		});
	};

	/** A day in the far future: Rakuten answers with the header alone, whatever the account's size. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '=/en/reports/{{ ($credentials.reportToken.replace(/\\s+/g, "").match(/\\/reports\\/([^\\/?#]+)\\/filters/) ?? ["", "signature-orders-report"])[1] }}/filters',
			qs: {
				start_date: '={{ $now.plus({ days: 30 }).toFormat("yyyy-MM-dd") }}',
				end_date: '={{ $now.plus({ days: 30 }).toFormat("yyyy-MM-dd") }}',
				include_summary: 'N',
			},
			disableFollowRedirect: true,
		},
		rules: [
			...[301, 302, 303, 307, 308].map((status) => ({
				type: 'responseCode' as const,
				properties: {
					value: status,
					message: `The Base URL redirects to another address (status ${status}), where nothing secret was sent. Set it to ${reportingServiceUrl}, with nothing after it.`,
				},
			})),
			...[400, 401, 403].map((status) => ({
				type: 'responseCode' as const,
				properties: {
					value: status,
					message: `Rakuten refused the report token, or the report in the pasted URL (status ${status}). Copy the URL again: Reports > Reporting > arrow beside View Report > Get API. The operation Report > Check Connection says more.`,
				},
			})),
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'Nothing was found at this address (status 404). Check the Base URL and the report in the pasted URL.',
				},
			},
			...[499, 500, 502, 503, 504].map((status) => ({
				type: 'responseCode' as const,
				properties: {
					value: status,
					message: `Rakuten's reporting service did not answer properly (status ${status}): the token was not checked. Test again later.`,
				},
			})),
			{
				type: 'responseCode',
				properties: {
					value: 429,
					message:
						'Too many requests in a short time (status 429): the token was not checked. Wait a minute and test again.',
				},
			},
		],
	};
}
