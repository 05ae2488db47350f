import { readFault } from '../../rakuten/service/readFault';
import type { Fault } from '../../rakuten/service/readFault';
import { quoted, ServiceProblem } from '../problem';
import type { RefusedAnswer } from '../problem';
import { isAboutAddress, isPending } from '../../rakuten/service/refusalWords';
import {
	isAboutSite,
	isRefusedRequest,
	isThrottled,
	lacksEntitlement,
	nameDeveloperAnswer,
	wrongSite,
} from './developerAnswer';

/**
 * Names an answer of the token API that brings no token. The message names the field at fault,
 * because n8n's credential test shows nothing else.
 */
export const nameTokenAnswer = (
	answer: RefusedAnswer,
	siteId: string,
	secrets: readonly string[],
): ServiceProblem =>
	nameTokenRefusal(answer, siteId, secrets) ?? nameDeveloperAnswer(answer, siteId, secrets);

function nameTokenRefusal(
	{ status, body }: RefusedAnswer,
	siteId: string,
	secrets: readonly string[],
): ServiceProblem | undefined {
	const fault = readFault(body);
	if (isAboutAddress(fault.words) || isPending(fault.words)) return undefined;
	const said = quoted(fault, secrets);
	if (status === 401 || (isRefusedRequest(status) && isAboutClient(fault))) {
		return new ServiceProblem(
			'wrongClient',
			`Rakuten did not accept this Client ID with this Client Secret (status ${status}): copy both again from the developer portal, under Applications`,
			`The two belong to one application. A Client Secret that was renewed replaces the old one.`,
			{ said },
		);
	}
	const isElse = isThrottled(fault) || lacksEntitlement(fault) || fault.form === 'html';
	if (!isRefusedRequest(status) || isElse || /grant/i.test(fault.words)) return undefined;
	if (status === 403 && fault.form === 'empty') return undefined;
	// Apart from the client and the site, the request has nothing that could be refused.
	return wrongSite(siteId, status, said);
}

const isAboutClient = (fault: Fault) =>
	/client|unauthori[sz]ed|credential/i.test(fault.words) &&
	!isAboutSite(fault) &&
	!isThrottled(fault);
