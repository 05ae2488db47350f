import { RakutenProblem } from '../problem';
import { isAtN8n, postbackHost, refuseConflict, refuseNonPublic } from './conflict';
import type { ConflictPolicy } from './conflict';
import { eventFields } from '../line/eventLine';
import { macrosIn } from './macros';
import { fieldsNotAsked, ownUrl, readOwnUrl, shortOwnUrl } from './ownUrl';
import type { Postback } from './ownUrl';
import { outcomeOf } from '../outcome';
import { shownUrl } from './shownUrl';
import { isSameUrl, plainUrl, withoutEntities } from './storedUrl';

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
	/** Fields that our URL does not ask for, because Rakuten takes none that is long enough. */
	readonly notAsked?: readonly string[];
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

/** Lengths to try where Rakuten refuses a URL without saying how long one may be. */
const shorterLengths = [500, 255, 200];

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
		if (!now?.isActive || !this.isWhatWeWouldWrite(now.url, key, previous)) return false;
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
		if (attempt?.mayBeLength) attempt = await this.writeShort(key, previous, attempt);
		if (attempt?.isInForce) return;
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
		const after = await this.putThere(previous);
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

	/** Tries shorter and shorter URLs with fewer fields, and says what was given up. */
	private async writeShort(
		key: string,
		previous: Postback | undefined,
		refused: Attempt,
	): Promise<Attempt> {
		const { settings, ports } = this;
		const { address, siteId } = settings;
		let attempt = refused;
		let tried = ownUrl({ address, key });
		for (const longest of lengthsAfter(tried, attempt.found?.now?.url)) {
			const url = shortOwnUrl({ address, key }, longest);
			if (url === undefined) break;
			if (url.length >= tried.length) continue;
			tried = url;
			attempt = await this.write({ url, isActive: true });
			if (attempt.isInForce) {
				const notAsked = fieldsNotAsked(url);
				ports.keep({ key, siteId, previous, notAsked });
				ports.log.warn(
					`Site ${siteId}: postback registered with a short URL of ${url.length} characters, because Rakuten takes none that is long enough for all fields. It does not ask for ${notAsked.join(', ')}: these are empty in what arrives. The Rakuten Transaction Trigger brings them (sample workflow 07: Catch up).`,
				);
				return attempt;
			}
			if (!attempt.mayBeLength) break;
		}
		return attempt;
	}

	/** Writes what is to be there, or removes ours, and returns what is registered then. */
	private async putThere(wanted: Postback | undefined): Promise<Postback | undefined> {
		const { ports } = this;
		if (!wanted) {
			await ports.remove();
			return await ports.read();
		}
		await ports.write(wanted);
		const after = await ports.read();
		const plain = withoutEntities(wanted.url);
		if (after?.url === wanted.url || plain === wanted.url) return after;
		// Rakuten writes `&` as an entity itself, and has now done so twice.
		await ports.write({ ...wanted, url: plain });
		return await ports.read();
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
			const undone = await outcomeOf(this.putThere(before));
			if (!undone.ok || !isSame(undone.value, before)) {
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
			plainUrl(url).split('?', 1)[0] === this.settings.address ||
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

	/** A short one too, if that is all Rakuten takes; never one in the form of earlier versions. */
	private isWhatWeWouldWrite(url: string, key: string, previous: Postback | undefined): boolean {
		const { address } = this.settings;
		if (this.urls(key, previous).some((own) => isSameUrl(own, url))) return true;
		if (!this.keptForSite().notAsked) return false;
		const asked = new Set(macrosIn(plainUrl(url)));
		const fields = eventFields.filter((name) => asked.has(name));
		return isSameUrl(ownUrl({ address, key, fields }), url);
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
			"Rakuten shortens or changes the URL, a short one too. Receive sales with the node 'Rakuten Transaction Trigger', which needs no postback, and please open an issue.",
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

/** Lengths that may be accepted: the one at which Rakuten has cut the URL off, or usual ones. */
function lengthsAfter(sent: string, stored: string | undefined): number[] {
	const plain = stored === undefined ? '' : plainUrl(stored);
	const isCut = plain !== '' && plain.length < sent.length && plainUrl(sent).startsWith(plain);
	return isCut && stored !== undefined
		? [stored.length, ...shorterLengths.filter((length) => length < stored.length)]
		: shorterLengths;
}

const isSame = (a: Postback | undefined, b: Postback | undefined) =>
	a === undefined || b === undefined
		? a === b
		: a.isActive === b.isActive && isSameUrl(a.url, b.url);

const words = (cause: unknown) => (cause instanceof Error ? cause.message : 'for no known reason');
