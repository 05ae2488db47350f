import { RakutenProblem } from '../problem';
import { foreignMacros, unknownMacros } from './macros';
import type { Postback } from './ownUrl';
import { withoutEntities } from './storedUrl';
import { whyNotPublic } from './publicAddress';

/** What to do if a site already sends postbacks elsewhere. */
export type ConflictPolicy = 'stop' | 'replaceAndRestore' | 'replaceAndPassOn';

/**
 * Throws unless the policy allows replacing a postback that is not ours.
 *
 * @param n8nUrl the beginning of all webhook addresses of this n8n
 */
export function refuseConflict(
	siteId: string,
	existing: Postback,
	policy: ConflictPolicy,
	n8nUrl: string,
): void {
	const isOfThisN8n = isAtN8n(existing.url, n8nUrl);
	if (policy === 'stop') {
		const where = isOfThisN8n ? 'another workflow of this n8n' : postbackHost(existing.url);
		throw new RakutenProblem(
			'otherPostback',
			existing.isActive
				? `Site ${siteId} already sends postbacks to ${where}`
				: `Site ${siteId} already has a postback to ${where}, which is inactive`,
			isOfThisN8n
				? "A site has only one postback. Use one workflow for this site, or choose 'Replace and Restore' under 'If Another Postback Exists'."
				: "Choose under 'If Another Postback Exists' whether it is replaced and restored later, or replaced and passed on to.",
		);
	}
	if (policy === 'replaceAndPassOn') refuseToPassOn(existing, isOfThisN8n);
}

/** Throws if hits could not be passed on to a postback as Rakuten would have sent them. */
function refuseToPassOn({ url }: Postback, isOfThisN8n: boolean): void {
	const host = postbackHost(url);
	if (isOfThisN8n) {
		throw new RakutenProblem(
			'passOnToItself',
			'The current postback goes to another workflow of this n8n: passing on to it could go in circles',
			"Let one workflow receive the site's postbacks and start the other with an Execute Sub-workflow node, or choose 'Replace and Restore'.",
		);
	}
	if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol) || hasMacroBeforePath(url)) {
		throw new RakutenProblem(
			'passOnAddress',
			`Postbacks can't be passed on to the address of the current postback (${host})`,
			"Choose 'Replace and Restore' under 'If Another Postback Exists'.",
		);
	}
	const unknown = [
		...unknownMacros(withoutEntities(url)).map((name) => `<${name}>`),
		...foreignMacros(url),
	];
	if (unknown.length > 0) {
		throw new RakutenProblem(
			'passOnMacros',
			`The current postback (${host}) requests ${unknown.join(', ')}, which transactions don't have`,
			"It can't be passed on completely. Choose 'Replace and Restore' under 'If Another Postback Exists', or change that postback at Rakuten first.",
		);
	}
}

/** Throws if Rakuten could not call our address. */
export function refuseNonPublic(address: string): void {
	const reason = whyNotPublic(address);
	if (reason === undefined) return;
	throw new RakutenProblem(
		'addressNotPublic',
		`Rakuten can't call this n8n: its webhook address ${address} ${reason}`,
		"Set the environment variable N8N_WEBHOOK_URL (WEBHOOK_URL before n8n 2.30) to the public https address of this n8n and restart it. To test with a simulated Rakuten in the same network, turn on 'Allow Non-Public Address' in the options.",
	);
}

/** Where a postback goes, for display: what follows the host may be secret. */
export function postbackHost(url: string): string {
	return URL.canParse(url) && new URL(url).host !== '' ? new URL(url).host : 'an invalid URL';
}

/** A macro in the host would let whoever fills it in choose the destination. */
const hasMacroBeforePath = (url: string) => /^[a-z]+:\/\/[^/?#]*(?:<|%3C)/i.test(url);

/** Whether a URL leads to a webhook of this n8n, by http or https. */
export function isAtN8n(url: string, beginning: string): boolean {
	if (!URL.canParse(url) || !URL.canParse(beginning)) return false;
	const [whole, start] = [new URL(url), new URL(beginning)];
	return whole.host === start.host && whole.pathname.startsWith(start.pathname);
}
