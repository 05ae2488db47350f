import { RakutenProblem } from '../problem';
import { isAtN8n, postbackHost, refuseConflict, refuseNonPublic } from './conflict';
import type { ConflictPolicy } from './conflict';
import { ownUrl, readOwnUrl } from './ownUrl';
import type { Postback } from './ownUrl';
import { outcomeOf } from '../outcome';
import { shownUrl } from './shownUrl';

export interface RegistrationSettings {
	readonly siteId: string;
	/** Where n8n listens for this trigger, without a query. */
	readonly address: string;
	/** The beginning of all webhook addresses of this n8n. */
	readonly n8nUrl: string;
	readonly policy: ConflictPolicy;
	readonly allowNonPublicAddress: boolean;
}

/** What to remember while our postback is registered, and the key forever. */
export interface Kept {
	readonly key?: string;
	/** The site all this is about. */
	readonly siteId?: string;
	/** The postback that was there before ours: never one of ours. */
	readonly previous?: Postback;
}

/** What the registration needs of the world. */
export interface RegistrationPorts {
	read(): Promise<Postback | undefined>;
	write(postback: Postback): Promise<void>;
	remove(): Promise<void>;
	kept(): Kept;
	keep(kept: Kept): void;
	newKey(): string;
	pause(seconds: number): Promise<void>;
	readonly log: Readonly<Record<'debug' | 'info' | 'warn' | 'error', (text: string) => void>>;
}

const attemptsToRestore = 3;

const elsewhere =
	"That is this n8n's former address, or the n8n that this one's database was copied from.";

/**
 * Our postback at Rakuten, which has one for each site: put in force, and taken back so that
 * everything is as it was before. n8n calls these at every publish, some versions also at every
 * start, once for each HTTP method; so each may be called at any time and any number of times.
 *
 * The previous postback is stored before ours is written, in n8n and in the URL itself; it is never
 * replaced by a URL of ours, and only forgotten when reading back shows that it is in force again.
 */
export class Registration {
	constructor(
		private readonly settings: RegistrationSettings,
		private readonly ports: RegistrationPorts,
	) {}

	/**
	 * Whether exactly what would be registered is registered, and active.
	 *
	 * @throws RakutenProblem if the previous postback can't be passed on to; and whatever a port
	 * throws
	 */
	async isInForce(): Promise<boolean> {
		const { siteId, policy, n8nUrl } = this.settings;
		const { key, previous } = this.keptForSite();
		if (key === undefined) return false;
		const now = await this.ports.read();
		if (!now?.isActive || !this.urls(key, previous).includes(now.url)) return false;
		// It may have been replaced under another policy.
		if (previous && policy === 'replaceAndPassOn') {
			refuseConflict(siteId, previous, policy, n8nUrl);
		}
		return true;
	}

	/**
	 * Puts ours in force, and reads it back.
	 *
	 * @throws RakutenProblem if the address is not public, another postback is registered and the
	 * settings don't allow replacing it, or Rakuten keeps another URL; and whatever a port throws.
	 * What was registered before is then in force, as far as Rakuten lets us.
	 */
	async register(): Promise<void> {
		const { settings, ports } = this;
		if (!settings.allowNonPublicAddress) refuseNonPublic(settings.address);
		const keptBefore = ports.kept();
		const before = await ports.read();
		const previous = this.previousOf(before);
		const key = keptBefore.key ?? ports.newKey();
		ports.keep({ key, siteId: settings.siteId, previous });
		if (previous) {
			ports.log.info(
				`Site ${settings.siteId}: replacing the ${this.describe(previous)}. It is kept, so that it can be restored.`,
			);
		}
		let attempt: Attempt | undefined;
		for (const url of this.urls(key, previous)) {
			attempt = await this.write({ url, isActive: true });
			if (attempt.isInForce) {
				ports.log.info(`Site ${settings.siteId}: postback registered.`);
				return;
			}
			if (!attempt.mayBeLength) break;
		}
		await this.putBack(before, keptBefore, attempt);
		throw attempt?.cause ?? this.keptAnother();
	}

	/**
	 * Takes ours back: restores what was registered before, or leaves none if there was none.
	 * Touches nothing unless what is registered is ours.
	 *
	 * @throws the error after three failed attempts, after logging what to restore by hand
	 */
	async unregister(): Promise<void> {
		const { ports } = this;
		const { key } = ports.kept();
		const attempts = key === undefined ? 1 : attemptsToRestore;
		/** What Rakuten has made of our own attempts. */
		const garbled = new Set<string>();
		let cause: unknown;
		for (let attempt = 1; attempt <= attempts; attempt++) {
			if (attempt > 1) await ports.pause(attempt - 1);
			const outcome = await outcomeOf(this.takeBack(garbled));
			if (outcome.ok) return;
			cause = outcome.cause;
		}
		if (key !== undefined) this.logByHand(cause);
		throw cause;
	}

	private async takeBack(garbled: Set<string>): Promise<void> {
		const { ports, settings } = this;
		const { key } = ports.kept();
		const known = this.keptForSite().previous;
		const now = await ports.read();
		if (known && isSame(now, known)) {
			ports.keep({ key, siteId: settings.siteId });
			return;
		}
		if (now && this.isOursElsewhere(now)) {
			ports.log.warn(
				`Site ${settings.siteId}: postbacks go to this trigger at ${postbackHost(now.url)}; nothing is changed. ${elsewhere} If nobody uses that one anymore, remove it with Postback > Delete${known ? `, or restore the ${this.describe(known)}` : ''}.`,
			);
			return;
		}
		if (!now || !(this.isOurs(now) || garbled.has(now.url))) {
			ports.log.debug(
				`Site ${settings.siteId}: ${now ? `postbacks go to ${postbackHost(now.url)}` : 'no postback is registered'}; nothing is changed.`,
			);
			return;
		}
		const previous = known ?? readOwnUrl(now.url)?.before;
		await (previous ? ports.write(previous) : ports.remove());
		const after = await ports.read();
		if (previous ? !isSame(after, previous) : after?.isActive) {
			garbled.add(after?.url ?? '');
			throw this.keptAnother();
		}
		ports.keep({ key, siteId: settings.siteId });
		ports.log.info(
			`Site ${settings.siteId}: ${previous ? `restored the ${this.describe(previous)}` : 'postback removed'}.`,
		);
		if (previous?.isActive && isAtN8n(previous.url, settings.n8nUrl)) {
			ports.log.warn(
				`Site ${settings.siteId}: postbacks go to another workflow of this n8n again. If that one is no longer published, nobody receives them: publish it, or change the postback with Postback > Create or Update.`,
			);
		}
	}

	private logByHand(cause: unknown): void {
		const { siteId } = this.settings;
		const { previous } = this.keptForSite();
		this.ports.log.error(
			previous
				? `Site ${siteId}: the postback that was there before could not be restored (${words(cause)}). Restore it with Postback > Create or Update, Exactly as Written: it was the ${this.describe(previous)}.`
				: `Site ${siteId}: our postback could not be removed (${words(cause)}). Remove it with Postback > Delete, unless you are going to publish this workflow again.`,
		);
	}

	/** What to restore later: what is registered now, or what ours has replaced. */
	private previousOf(now: Postback | undefined): Postback | undefined {
		const { siteId, policy, n8nUrl } = this.settings;
		const known = this.keptForSite().previous;
		const isElsewhere = now !== undefined && this.isOursElsewhere(now);
		if (isElsewhere && policy === 'stop') {
			throw new RakutenProblem(
				'otherPostback',
				`Site ${siteId} already sends postbacks to this trigger at ${postbackHost(now.url)}`,
				`${elsewhere} If this n8n has moved, choose 'Replace and Restore' under 'If Another Postback Exists', and the postback moves too. If that is another n8n, don't: it would no longer get postbacks.`,
			);
		}
		const replacesOurs = now !== undefined && (isElsewhere || this.isOurs(now));
		const previous = replacesOurs ? (known ?? readOwnUrl(now.url)?.before) : now;
		// If ours is already in force, there is no reason to stop.
		if (previous && (!replacesOurs || policy === 'replaceAndPassOn')) {
			refuseConflict(siteId, previous, policy, n8nUrl);
		}
		if (known && !isSame(known, previous)) {
			this.ports.log.warn(
				`Site ${siteId}: our postback has been replaced or removed in the meantime by somebody else. What was there before it is no longer kept: the ${this.describe(known)}.`,
			);
		}
		return previous;
	}

	/** Writes and reads back; a write that went through although its answer did not is a success. */
	private async write(postback: Postback): Promise<Attempt> {
		const written = await outcomeOf(this.ports.write(postback));
		const refusal = written.ok ? undefined : written.cause;
		const reading = await outcomeOf(this.ports.read());
		if (!reading.ok) return { isInForce: false, cause: refusal ?? reading.cause };
		return {
			isInForce: isSame(reading.value, postback),
			found: { now: reading.value },
			cause: refusal,
			mayBeLength:
				written.ok || (refusal instanceof RakutenProblem && refusal.problemName === 'badRequest'),
		};
	}

	/** After a write that failed: everything as it was before, as far as Rakuten lets us. */
	private async putBack(
		before: Postback | undefined,
		keptBefore: Kept,
		attempt: Attempt | undefined,
	): Promise<void> {
		const { ports, settings } = this;
		if (!attempt?.found) return;
		if (!isSame(attempt.found.now, before)) {
			const undone = await outcomeOf(before ? ports.write(before) : ports.remove());
			const after = await outcomeOf(ports.read());
			if (!undone.ok || !after.ok || !isSame(after.value, before)) {
				ports.log.error(
					`Site ${settings.siteId}: what was registered before could not be put back${before ? `: ${this.describe(before)}` : ''}.`,
				);
				return;
			}
		}
		ports.keep(keptBefore);
	}

	/** What is kept, without the postback of another site the credential may have been for. */
	private keptForSite(): Kept {
		const kept = this.ports.kept();
		if (kept.siteId === undefined || kept.siteId === this.settings.siteId) return kept;
		if (kept.previous) {
			this.ports.log.warn(
				`The credential was for site ${kept.siteId} before. If the trigger's postback is still registered there, restore the ${this.describe(kept.previous)}.`,
			);
		}
		return { key: kept.key };
	}

	/** At our address, or, where the path has changed, on our host with our key. */
	private isOurs({ url }: Postback): boolean {
		return (
			url.split('?', 1)[0] === this.settings.address ||
			(this.hasOurKey(url) && postbackHost(url) === postbackHost(this.settings.address))
		);
	}

	/** With our key on another host: n8n has moved, or this n8n's database is a copy of another's. */
	private isOursElsewhere({ url }: Postback): boolean {
		return this.hasOurKey(url) && postbackHost(url) !== postbackHost(this.settings.address);
	}

	private hasOurKey(url: string): boolean {
		const { key } = this.ports.kept();
		return key !== undefined && readOwnUrl(url)?.key === key;
	}

	/** What may be registered: with a copy of what was there before, or, where that is too long, not. */
	private urls(key: string, previous: Postback | undefined): string[] {
		const { address } = this.settings;
		return [...new Set([ownUrl({ address, key, before: previous }), ownUrl({ address, key })])];
	}

	/** Whole, because it may have to be restored by hand; only keys of this n8n are removed. */
	private describe({ url, isActive }: Postback): string {
		const { key } = this.ports.kept();
		const shown = shownUrl(url, isAtN8n(url, this.settings.n8nUrl));
		const withoutKey = key === undefined ? shown : shown.replaceAll(key, '***');
		return `${isActive ? 'active' : 'inactive'} postback ${withoutKey}`;
	}

	private keptAnother(): RakutenProblem {
		return new RakutenProblem(
			'postbackDiffers',
			`Rakuten did not keep the postback of site ${this.settings.siteId} as it was sent`,
			'Read it with Postback > Get, and try again later.',
		);
	}
}

interface Attempt {
	readonly isInForce: boolean;
	/** What is registered after it; undefined where that could not be read. */
	readonly found?: { readonly now: Postback | undefined };
	readonly cause?: unknown;
	/** Rakuten accepted the request, but not this URL. */
	readonly mayBeLength?: boolean;
}

const isSame = (a: Postback | undefined, b: Postback | undefined) =>
	a?.url === b?.url && a?.isActive === b?.isActive;

const words = (cause: unknown) => (cause instanceof Error ? cause.message : 'for no known reason');
