/** What this n8n process has seen of the postbacks of a site. */
export interface PostbackHits {
	/** ISO UTC; undefined where none came since the process started. */
	readonly lastHit: string | undefined;
	/** What became of the last one, such as `accepted`. */
	readonly lastState: string | undefined;
	/** Hits since midnight UTC. */
	readonly today: number;
}

interface Count {
	lastAt: number;
	lastState: string;
	day: string;
	hits: number;
}

/** No account has as many. */
const mostSites = 1000;

/** By site ID. In memory alone: a trigger must not write to the database for every hit. */
const counts = new Map<string, Count>();

/** When counting began: when n8n loaded the package. */
export const countingSince = new Date().toISOString();

/**
 * Notes a hit that one of our triggers of this process took, and what became of it.
 *
 * @param siteId the trigger's site, or what the hit itself says, which may be anything
 */
export function noteHit(siteId: unknown, state: string, now = Date.now()): void {
	if (typeof siteId !== 'string' || !/^\d{1,12}$/.test(siteId)) return;
	if (!counts.has(siteId) && counts.size >= mostSites) return;
	const day = dayOf(now);
	const before = counts.get(siteId);
	const hits = before?.day === day ? before.hits + 1 : 1;
	counts.set(siteId, { lastAt: now, lastState: state, day, hits });
}

/** The hits that triggers of this process took for a site; other processes of n8n have their own. */
export function hitsOf(siteId: string, now = Date.now()): PostbackHits {
	const count = counts.get(siteId);
	return {
		lastHit: count && new Date(count.lastAt).toISOString(),
		lastState: count?.lastState,
		today: count?.day === dayOf(now) ? count.hits : 0,
	};
}

const dayOf = (moment: number) => new Date(moment).toISOString().slice(0, 10);
