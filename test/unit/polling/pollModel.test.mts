import fc from 'fast-check';

import { day, hour, minute, PollWorld, second, someRules, unmarkedRepeats } from './pollWorld.mts';
import type { Fate, WorldLine } from './pollWorld.mts';

const start = Date.UTC(2026, 4, 1, 12);

/** How many runs a property gets; for a longer search: `PROPERTY_RUNS=20000 npx jest pollModel`. */
const runs = (usual: number) => Number(process.env.PROPERTY_RUNS ?? usual);

type Step =
	| { do: 'poll'; fate: Fate }
	| { do: 'boot'; fate: Fate }
	| { do: 'publish'; fate: Fate }
	| { do: 'rename'; duringPoll: boolean }
	| { do: 'handOver'; to: number | 'new'; fate: Fate }
	| { do: 'changeSource' }
	| { do: 'clobberAndBoot' }
	| { do: 'clobberAndPublish' };

const fate = fc.constantFrom<Fate>(
	'fine',
	'killedBeforeEmission',
	'killedAfterSaving',
	'killedAfterStarting',
	'saveFails',
	'dropped',
	'noAnswer',
);

const step: fc.Arbitrary<Step & { after: number; lines: number[][] }> = fc
	.tuple(
		fc.oneof(
			{ weight: 6, arbitrary: fc.record({ do: fc.constant('poll' as const), fate }) },
			{ weight: 2, arbitrary: fc.record({ do: fc.constant('boot' as const), fate }) },
			{ weight: 1, arbitrary: fc.record({ do: fc.constant('publish' as const), fate }) },
			{
				weight: 1,
				arbitrary: fc.record({ do: fc.constant('rename' as const), duringPoll: fc.boolean() }),
			},
			{
				weight: 2,
				arbitrary: fc.record({
					do: fc.constant('handOver' as const),
					to: fc.constantFrom<number | 'new'>('new', 0, 0, 0, 1),
					fate,
				}),
			},
			{ weight: 1, arbitrary: fc.constant({ do: 'changeSource' as const }) },
			{ weight: 1, arbitrary: fc.constant({ do: 'clobberAndBoot' as const }) },
			{ weight: 1, arbitrary: fc.constant({ do: 'clobberAndPublish' as const }) },
		),
		fc.constantFrom(0, 1, second, minute, 10 * minute, 3 * hour, 2 * day),
		// Each line: how long after the step before it appears, how late, and whether it is readable.
		fc.array(fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(9)), { maxLength: 6 }),
	)
	.map(([what, after, lines]) => ({ ...what, after, lines }));

const rules = fc
	.record({
		mostLines: fc.integer({ min: 1, max: 8 }),
		windowsPerPoll: fc.constantFrom(1, 2, 100),
		longestWindow: fc.constantFrom(5 * minute, hour, day),
		overlap: fc.constantFrom(second, minute, 30 * minute, 5 * hour),
		wholeDays: fc.boolean(),
	})
	.map((some) => ({
		...someRules,
		...some,
		...(some.wholeDays ? { source: 'report', longestWindow: 31 * day, shortestWindow: day } : {}),
	}));

/** By how much n8n's clock is ahead. */
const ahead = fc.constantFrom(0, 0, 0, second, hour, 4 * day);

/** A report in place of the Events API, or the other way round. */
const otherSource = (some: typeof someRules): typeof someRules =>
	some.wholeDays
		? { ...some, source: 'events', wholeDays: false, longestWindow: day, shortestWindow: minute }
		: { ...some, source: 'report', wholeDays: true, longestWindow: 31 * day, shortestWindow: day };

/** Dates of lines are whole seconds; some lines of a report have only the day. */
function makeLines(from: number, after: number, wanted: number[][], world: PollWorld): WorldLine[] {
	return wanted.map(([when, late, kind]) => {
		const seenFrom = from + Math.floor((after * when) / 1000);
		const lateness = Math.floor((world.rules.overlap * late) / 1000);
		const exact = Math.ceil((seenFrom - lateness) / second) * second;
		const date = Math.min(exact, seenFrom);
		return {
			id: `line ${world.lines.length} ${when} ${late} ${kind} ${from}`,
			date,
			seenFrom,
			dated: kind !== 9,
			output: kind === 9 ? 'notices' : 'transactions',
		};
	});
}

async function take(
	world: PollWorld,
	{ after, lines, ...what }: Step & { after: number; lines: number[][] },
) {
	world.lines.push(...makeLines(world.now, after, lines, world));
	world.now += after;
	switch (what.do) {
		case 'poll':
			await world.poll(what.fate);
			return;
		case 'boot':
			await world.boot(what.fate);
			return;
		case 'publish':
			await world.publish(what.fate);
			return;
		case 'rename':
			await world.rename(what.duringPoll);
			return;
		case 'handOver':
			await world.handOver(what.to, what.fate);
			return;
		case 'changeSource':
			world.rules = otherSource(world.rules);
			await world.publish();
			return;
		case 'clobberAndBoot':
			world.clobber();
			await world.boot();
			return;
		default:
			world.clobber();
			await world.publish();
	}
}

/** Found once: a sweep that was under way at a takeover ended in the very second of it. */
const reportOfOneSecond = {
	...someRules,
	source: 'report',
	overlap: second,
	wholeDays: true,
	mostLines: 1,
	windowsPerPoll: 1,
	longestWindow: 31 * day,
	shortestWindow: day,
};
const withinOneSecond: Array<Step & { after: number; lines: number[][] }> = [
	{
		do: 'clobberAndPublish',
		after: 0,
		lines: [
			[0, 0, 0],
			[0, 0, 1],
		],
	},
	{ do: 'poll', fate: 'killedAfterSaving', after: 0, lines: [[0, 0, 0]] },
	{
		do: 'boot',
		fate: 'fine',
		after: 0,
		lines: [
			[0, 0, 0],
			[0, 0, 1],
		],
	},
	{ do: 'boot', fate: 'fine', after: 0, lines: [] },
	{ do: 'clobberAndBoot', after: 0, lines: [] },
];

/** Found once: a line appeared behind the place that a report's sweep had got to, then the source was changed. */
const lateForAnotherSource: Array<Step & { after: number; lines: number[][] }> = [
	{
		do: 'poll',
		fate: 'fine',
		after: 0,
		lines: [
			[0, 0, 0],
			[0, 0, 1],
			[0, 0, 2],
		],
	},
	{
		do: 'publish',
		fate: 'fine',
		after: second,
		lines: [
			[27, 204, 0],
			[1, 0, 0],
			[0, 0, 4],
		],
	},
	{
		do: 'boot',
		fate: 'fine',
		after: 3 * hour,
		lines: [
			[1, 0, 0],
			[1, 0, 1],
		],
	},
	{ do: 'changeSource', after: 0, lines: [] },
];

/** Polls on until nothing more can come. */
async function settle(world: PollWorld): Promise<void> {
	world.now += 2 * second;
	for (let rest = 0, polls = 0; rest < 3; polls++) {
		expect(polls).toBeLessThan(5000);
		const before = world.deliveries.length;
		await world.poll();
		if (world.deliveries.length > before) rest = 0;
		else if (world.isBetweenSweeps) rest++;
		world.now += second;
	}
}

describe('polling, whatever n8n and Rakuten do', () => {
	it('loses nothing and repeats nothing without a mark', async () => {
		await fc.assert(
			fc.asyncProperty(rules, ahead, fc.array(step, { maxLength: 25 }), async (some, by, steps) => {
				const world = new PollWorld(start, some);
				world.ahead = by;
				const early = makeLines(
					start - hour,
					hour,
					[
						[0, 500, 0],
						[500, 300, 0],
						[999, 0, 9],
					],
					world,
				);
				world.lines.push(...early);
				await world.boot();
				for (const each of steps) await take(world, each);
				await settle(world);

				const given = new Set(world.deliveries.map(({ id }) => id));
				const due = world.lines.filter(({ seenFrom }) => seenFrom > start);
				expect(due.filter(({ id }) => !given.has(id))).toEqual([]);
				expect(unmarkedRepeats(world.deliveries)).toEqual([]);
				// A report covers whole days, including what came before the trigger was started.
				const before = new Set(early.map(({ id }) => id));
				const again = world.deliveries.filter(({ id }) => before.has(id));
				const changes = steps.some(({ do: what }) => what === 'changeSource');
				expect(again.filter(({ possiblyRepeated }) => !changes || !possiblyRepeated)).toEqual([]);
			}),
			{
				numRuns: runs(400),
				examples: [
					[reportOfOneSecond, 0, withinOneSecond],
					[{ ...reportOfOneSecond, mostLines: 2 }, 0, lateForAnotherSource],
				],
			},
		);
	});

	it('loses nothing if processes take turns and n8n forgets polls that brought nothing', async () => {
		const turn = fc.record({
			turn: fc.nat(2),
			fate: fc.constantFrom<Fate>(
				'fine',
				'fine',
				'killedBeforeEmission',
				'killedAfterSaving',
				'killedAfterStarting',
				'noAnswer',
			),
			after: fc.constantFrom(second, minute, 10 * minute, 3 * hour, 2 * day),
			lines: fc.array(fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(9)), { maxLength: 6 }),
		});
		await fc.assert(
			fc.asyncProperty(rules, fc.array(turn, { maxLength: 25 }), async (some, turns) => {
				const world = new PollWorld(start, some);
				await world.boot();
				await world.handOver('new');
				await world.handOver('new');
				world.forgetful = true;
				for (const { turn: by, fate: ending, after, lines } of turns) {
					world.lines.push(...makeLines(world.now, after, lines, world));
					world.now += after;
					await world.takeTurn(by, ending);
				}
				await settle(world);
				const given = new Set(world.deliveries.map(({ id }) => id));
				expect(world.lines.filter(({ id }) => !given.has(id))).toEqual([]);
				expect(unmarkedRepeats(world.deliveries)).toEqual([]);
			}),
			{ numRuns: runs(300) },
		);
	});

	it('repeats and marks nothing while nothing goes wrong', async () => {
		const calm = step.map((each) => ({ ...each, do: 'poll' as const, fate: 'fine' as const }));
		await fc.assert(
			fc.asyncProperty(rules, fc.array(calm, { maxLength: 25 }), async (some, steps) => {
				const world = new PollWorld(start, some);
				await world.boot();
				for (const each of steps) await take(world, each);
				await settle(world);
				const ids = world.deliveries.map(({ id }) => id);
				expect(ids.length).toBe(new Set(ids).size);
				expect(world.deliveries.filter(({ possiblyRepeated }) => possiblyRepeated)).toEqual([]);
			}),
			{ numRuns: runs(200) },
		);
	});
});
