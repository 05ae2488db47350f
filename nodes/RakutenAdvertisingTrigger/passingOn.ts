import type { IWebhookFunctions } from 'n8n-workflow';

import { postbackHost } from '../../rakuten/postback/conflict';
import { fillPostbackUrl } from '../../rakuten/postback/fillUrl';
import type { Kept } from '../../rakuten/postback/Registration';
import { log } from '../kit/log';
import { deliver } from '../../services/passOn';
import type { Delivery } from '../../services/passOn';
import { nodeFields } from '../kit/fields/readFields';
import type { Hit } from '../webhook/hit';
import { ifAnotherExists, options, passOnTimeout } from './fields';

/** What the item says about passing a postback on to the other tracker. */
export interface PassedOn {
	/** The other tracker's host. */
	readonly to: string;
	/** The item leaves before the other tracker has answered; n8n's log says how it went. */
	readonly outcome: 'underWay' | 'skipped';
	readonly reason?: string;
}

/** How many may be under way at a time: each holds memory of n8n's. */
const mostUnderWay = 500;

let underWay = 0;

/**
 * Begins to pass a postback on, and does not wait for the other tracker: nothing may delay the answer
 * to Rakuten or the execution, which n8n does not start before the node returns.
 *
 * @returns undefined where nothing is to be passed on
 */
export function passOn(
	context: IWebhookFunctions,
	{ previous }: Kept,
	hit: Pick<Hit, 'fields' | 'wasPassedOn'>,
): PassedOn | undefined {
	if (nodeFields(context)(ifAnotherExists) !== 'replaceAndPassOn') return undefined;
	// One that was inactive got nothing from Rakuten either.
	if (!previous?.isActive) return undefined;
	const to = postbackHost(previous.url);
	const skipped = (reason: string): PassedOn => ({ to, outcome: 'skipped', reason });
	if (hit.wasPassedOn) return skipped('It was passed on to this n8n and would go in circles');
	if (underWay >= mostUnderWay) return skipped('Too many postbacks are being passed on already');
	underWay++;
	void deliver(context, fillPostbackUrl(previous.url, hit.fields), timeoutSecondsOf(context)).then(
		(delivery) => {
			underWay--;
			logDelivery(context, to, delivery);
		},
	);
	return { to, outcome: 'underWay' };
}

function logDelivery(
	context: IWebhookFunctions,
	to: string,
	{ attempts, status, reason }: Delivery,
): void {
	const { name } = context.getNode();
	const tried = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
	if (reason === undefined) {
		log(context, 'debug', `"${name}" passed a postback on to ${to} (status ${status}, ${tried}).`);
	} else {
		log(context, 'warn', `"${name}" could not pass a postback on to ${to}: ${reason} (${tried}).`);
	}
}

function timeoutSecondsOf(context: IWebhookFunctions): number {
	try {
		return nodeFields(context)(passOnTimeout, options);
	} catch {
		// An expression that can't be evaluated must not lose a postback.
		return passOnTimeout.read(undefined);
	}
}
