/** What this n8n process has seen of the postbacks of a site at one of its triggers. */
export interface PostbackHits {
	/** ISO UTC; undefined if none came since the process started. */
	readonly lastHit: string | undefined;
	/** What happened to the last one, such as `accepted`. */
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

/** No account has as many sites, and no n8n as many triggers. */
const mostCounts = 1000;

/** By trigger and site, only in memory: a trigger must not write to the database for every hit. */
const counts = new Map<string, Count>();

/** When counting began: when n8n loaded the package. */
export const countingSince = new Date().toISOString();

/**
 * Notes a hit that one of our triggers of this process received, and what happened to it.
 *
 * @param trigger the folder of the trigger's own in the path of its URL
 * @param siteId the trigger's site, or what the hit itself says, which may be anything
 */
export function noteHit(trigger: string, siteId: unknown, state: string, now = Date.now()): void {
	if (typeof siteId !== 'string' || !/^\d{1,12}$/.test(siteId)) return;
	const name = nameOf(trigger, siteId);
	const before = counts.get(name);
	if (!before && counts.size >= mostCounts) return;
	const day = dayOf(now);
	const hits = before?.day === day ? before.hits + 1 : 1;
	counts.set(name, { lastAt: now, lastState: state, day, hits });
}

/**
 * The hits for a site that the trigger at a URL took in this process; other processes of n8n have
 * their own.
 *
 * @param url as registered; undefined where none is
 */
export function hitsOf(siteId: string, url: string | undefined, now = Date.now()): PostbackHits {
	const folders = (url ?? '').split('?', 1)[0].split('/');
	const count = folders
		.map((folder) => counts.get(nameOf(folder, siteId)))
		.find((each) => each !== undefined);
	return {
		lastHit: count && new Date(count.lastAt).toISOString(),
		lastState: count?.lastState,
		today: count?.day === dayOf(now) ? count.hits : 0,
	};
}

const nameOf = (trigger: string, siteId: string) => `${trigger} ${siteId}`;

const dayOf = (moment: number) => new Date(moment).toISOString().slice(0, 10);
