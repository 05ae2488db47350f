import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { readBaseUrl, requireOwnService } from '../../rakuten/report/baseUrl';
import { parseGetApiUrl } from '../../rakuten/report/getApiUrl';
import type { GetApiUrl } from '../../rakuten/report/getApiUrl';
import { readReportToken } from '../../rakuten/report/reportToken';
import { readSiteId } from '../../rakuten/site/siteId';
import type { ServiceContext } from '../context';

export const reportingCredential = 'rakutenReportingApi';

/** What a node needs to ask for reports; made from the stored credential. */
export interface ReportingConnection {
	readonly baseUrl: string;
	/** For redaction and pacing; the credential itself puts it on requests. */
	readonly token: string;
	readonly secondsBetweenRequests: number;
	readonly siteId?: string;
	readonly siteName?: string;
	/** The pasted Get API URL, if the Report Token field holds one. */
	readonly getApiUrl?: GetApiUrl;
}

/** The connection that the node's credential describes for one item. */
export async function reportingConnection(
	context: ServiceContext,
	itemIndex: number,
): Promise<ReportingConnection> {
	return readReportingConnection(await context.getCredentials(reportingCredential, itemIndex));
}

/**
 * Reads the credential "Rakuten Reporting API". Throws a RakutenProblem where the token or the Site
 * ID can't be what was meant; its texts never hold the token.
 */
function readReportingConnection(credential: ICredentialDataDecryptedObject): ReportingConnection {
	const pasted = String(credential.reportToken ?? '');
	const siteName = String(credential.siteName ?? '').trim();
	const seconds = Number(credential.secondsBetweenRequests ?? 12);
	const baseUrl = readBaseUrl(String(credential.baseUrl ?? ''));
	const getApiUrl = parseGetApiUrl(pasted);
	requireOwnService(getApiUrl?.baseUrl, baseUrl);
	return {
		baseUrl,
		token: readReportToken(pasted),
		secondsBetweenRequests: Number.isFinite(seconds) && seconds >= 0 ? seconds : 12,
		siteId: readSiteId(String(credential.siteId ?? '')),
		siteName: siteName === '' ? undefined : siteName,
		getApiUrl,
	};
}
