import { Random } from '../account/random.mts';

/** One hit to come. */
export interface PlannedHit<T> {
	of: T;
	repeat: boolean;
}

/**
 * The hits for some records in the order they are sent. Repeated ones are chosen by the seed; in
 * the given order a repeat comes a few places after its first, in a random order anywhere.
 * @param repeatShare of the records that are sent twice, from 0 to 1, rounded to whole records
 */
export function sendingPlan<T>(
	records: readonly T[],
	{ repeatShare = 0, order = 'given', seed = 1 }: SendingOrder,
): Array<PlannedHit<T>> {
	const random = new Random('sending', seed, records.length);
	const places = records.map((_, index) => index);
	const repeated = new Set(
		shuffled(random, places).slice(0, Math.round(records.length * repeatShare)),
	);
	const hits = records.map((of, place) => ({ of, place, repeat: false }));
	for (const place of repeated) {
		hits.push({ of: records[place]!, place: place + random.whole(0, 5) + 0.5, repeat: true });
	}
	if (order === 'given') hits.sort((a, b) => a.place - b.place);
	const planned = order === 'given' ? hits : shuffled(random, hits);
	return asFirstsAndRepeats(planned);
}

export interface SendingOrder {
	repeatShare?: number;
	order?: 'given' | 'random';
	seed?: number;
}

/** Whichever of two comes first is the first, however they were shuffled. */
function asFirstsAndRepeats<T>(hits: ReadonlyArray<PlannedHit<T>>): Array<PlannedHit<T>> {
	const seen = new Set<T>();
	return hits.map(({ of }) => {
		const repeat = seen.has(of);
		seen.add(of);
		return { of, repeat };
	});
}

/** Fisher and Yates. */
function shuffled<T>(random: Random, values: readonly T[]): T[] {
	const mixed = [...values];
	for (let last = mixed.length - 1; last > 0; last--) {
		const other = random.whole(0, last);
		[mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
	}
	return mixed;
}
