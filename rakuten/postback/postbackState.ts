import { hostOfUrl } from './shownUrl';

/**
 * The state of a site's postback.
 * - `none`: nothing is registered.
 * - `takenOver`: it goes elsewhere than expected.
 * - `inactive`: it is switched off.
 * - `waiting`: it is on, and no conversion has been seen.
 * - `receiving`: conversions arrive.
 * - `active`: it is on; where it should go is not known.
 */
export type PostbackState = 'none' | 'takenOver' | 'inactive' | 'waiting' | 'receiving' | 'active';

/** All that is known of a site's postback. */
export interface PostbackSight {
	readonly siteId: string;
	readonly registered: { readonly url: string; readonly isActive: boolean } | undefined;
	/** Whether it goes where it should; undefined if that is not known. */
	readonly isExpected: boolean | undefined;
	/** What this n8n process has seen of it. */
	readonly hits: { readonly lastHit: string | undefined; readonly today: number };
	/** ISO UTC; since when hits have been counted. */
	readonly countingSince: string;
	/** Whether it leads to this n8n; undefined if that is not known. */
	readonly isHere?: boolean;
}

/** The state, and a sentence or two that describe it. */
export function postbackState(sight: PostbackSight): { state: PostbackState; message: string } {
	const { siteId, registered, isExpected, hits, countingSince, isHere } = sight;
	if (!registered) return { state: 'none', message: `Site ${siteId} has no postback.` };
	const host = hostOfUrl(registered.url);
	const off = registered.isActive ? '' : ' It is switched off.';
	if (isExpected === false) {
		return {
			state: 'takenOver',
			message: isHere
				? `The postback of site ${siteId} goes to this n8n, but not to the expected address.${off} A site has only one postback: the expected one gets no conversions.`
				: `The postback of site ${siteId} goes to another address, at ${host}.${off} A site has only one postback: if this n8n should receive the conversions, it gets none.`,
		};
	}
	if (!registered.isActive) {
		return {
			state: 'inactive',
			message: `The postback of site ${siteId} to ${host} is switched off: Rakuten sends no conversions. Postback > Activate switches it on.`,
		};
	}
	if (isExpected === undefined) {
		return {
			state: 'active',
			message: `Rakuten sends the conversions of site ${siteId} to ${host}.`,
		};
	}
	if (hits.lastHit === undefined) {
		return {
			state: 'waiting',
			message: `The postback of site ${siteId} to ${host} is on and waits for the first conversion: its trigger has seen none in this n8n process since ${countingSince}. Other processes of n8n and other programs count for themselves, and whether a workflow listens there can't be seen from here.`,
		};
	}
	return {
		state: 'receiving',
		message: `The postback of site ${siteId} to ${host} is receiving: the last hit came at ${hits.lastHit}, ${hits.today} today (UTC), as counted by this n8n process.`,
	};
}
