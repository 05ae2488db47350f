import { readApiFault } from '../../rakuten/developer/apiFault';
import type { ApiFault } from '../../rakuten/developer/apiFault';
import type { DeveloperSecrets } from '../../rakuten/secrets/redactDeveloper';
import {
	isAboutSite,
	isRefusedRequest,
	isThrottled,
	lacksEntitlement,
	nameDeveloperAnswer,
	wrongSite,
} from './developerAnswer';
import type { DeveloperAnswer } from './developerAnswer';
import { DeveloperProblem, quoted, saying } from './developerProblem';

/**
 * Names an answer of the token API that brings no token. The message names the field at fault,
 * because n8n's credential test shows nothing else.
 */
export function nameTokenAnswer(
	answer: DeveloperAnswer,
	siteId: string,
	secrets: DeveloperSecrets,
): DeveloperProblem {
	const { problemName, message, description, said, mayPass, retryAfterSeconds } =
		nameTokenRefusal(answer, siteId, secrets) ?? nameDeveloperAnswer(answer, siteId, secrets);
	return new DeveloperProblem(problemName, message, description, {
		said,
		mayPass,
		retryAfterSeconds,
		beforeRequest: true,
	});
}

function nameTokenRefusal(
	{ status, body }: DeveloperAnswer,
	siteId: string,
	secrets: DeveloperSecrets,
): DeveloperProblem | undefined {
	const fault = readApiFault(body);
	const said = quoted(fault, secrets);
	if (status === 401 || (isRefusedRequest(status) && isAboutClient(fault))) {
		return new DeveloperProblem(
			'wrongClient',
			`Rakuten did not accept this Client ID with this Client Secret (status ${status}): copy both again from the developer portal, under Applications`,
			`The two belong to one application. A Client Secret that was renewed replaces the old one.${saying(said)}`,
			{ said },
		);
	}
	const isElse = isThrottled(fault) || lacksEntitlement(fault) || fault.form === 'html';
	if (!isRefusedRequest(status) || isElse || /grant/i.test(fault.words)) return undefined;
	if (status === 403 && fault.form === 'empty') return undefined;
	// Beside the client and the site there is nothing in the request that could be refused.
	return wrongSite(siteId, status, said);
}

const isAboutClient = (fault: ApiFault) =>
	/client|unauthori[sz]ed|credential/i.test(fault.words) &&
	!isAboutSite(fault) &&
	!isThrottled(fault);
