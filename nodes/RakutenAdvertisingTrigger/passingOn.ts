import type { IWebhookFunctions } from 'n8n-workflow';

import { postbackHost } from '../../rakuten/postback/conflict';
import { fillPostbackUrl } from '../../rakuten/postback/fillUrl';
import type { Kept } from '../../rakuten/postback/Registration';
import { outcomeOf } from '../../rakuten/outcome';
import { deliver } from '../../services/passOn';
import type { Delivery } from '../../services/passOn';
import type { Hit } from '../webhook/hit';

/** What the item says about passing a postback on to the other tracker. */
export interface PassedOn extends Partial<Omit<Delivery, 'outcome'>> {
	/** The other tracker's host. */
	readonly to: string;
	readonly outcome: Delivery['outcome'] | 'underWay' | 'skipped';
}

/** A postback that is to be passed on. */
export interface PassOn {
	readonly to: string;
	readonly url: string;
}

/** How many requests may wait for the other tracker at a time: each holds memory of n8n's. */
const mostWaiting = 10;
/** How many may be under way at a time in all. */
const mostUnderWay = 500;

let waiting = 0;
let underWay = 0;

/** What is to be passed on, where the user wants that; undefined otherwise. */
export function passOnOf(
	context: IWebhookFunctions,
	{ previous }: Kept,
	hit: Hit,
): PassOn | undefined {
	if (context.getNodeParameter('ifAnotherExists', 'stop') !== 'replaceAndPassOn') return undefined;
	// One that was inactive got nothing from Rakuten either.
	if (!previous?.isActive) return undefined;
	return { to: postbackHost(previous.url), url: fillPostbackUrl(previous.url, hit.fields) };
}

/**
 * Passes a postback on and waits for the outcome, unless too many are waiting already. For use when
 * the answer to Rakuten has been given.
 */
export async function passOnAndWait(context: IWebhookFunctions, passOn: PassOn): Promise<PassedOn> {
	if (waiting >= mostWaiting) return passOnMeanwhile(context, passOn);
	waiting++;
	const delivery = await counted(context, passOn);
	waiting--;
	return { to: passOn.to, ...delivery };
}

/** Passes a postback on while the workflow runs; n8n's log tells if it did not arrive. */
export function passOnMeanwhile(context: IWebhookFunctions, passOn: PassOn): PassedOn {
	const { to } = passOn;
	if (underWay >= mostUnderWay) {
		return { to, outcome: 'skipped', reason: 'Too many postbacks are being passed on already' };
	}
	const name = context.getNode().name;
	void counted(context, passOn).then(({ outcome, attempts, reason }) => {
		if (outcome === 'delivered') context.logger.debug(`"${name}" passed a postback on to ${to}.`);
		else {
			context.logger.warn(
				`"${name}" could not pass a postback on to ${to}: ${reason} (${attempts} attempts).`,
			);
		}
	});
	return { to, outcome: 'underWay' };
}

async function counted(context: IWebhookFunctions, { url }: PassOn): Promise<Delivery> {
	underWay++;
	const delivery = await deliver(context, url, await timeoutSeconds(context));
	underWay--;
	return delivery;
}

/** Nobody waits for what runs meanwhile: an expression that can't be evaluated would end n8n. */
async function timeoutSeconds(context: IWebhookFunctions): Promise<number> {
	const set = await outcomeOf((async () => context.getNodeParameter('options.passOnTimeout', 5))());
	const seconds = set.ok ? Number(set.value) : Number.NaN;
	return seconds >= 1 && seconds <= 30 ? seconds : 5;
}
