import { pollLines } from '../../../rakuten/polling/pollLines';
import { lineHash } from '../../../rakuten/polling/KnownLines';
import { readPollState } from '../../../rakuten/polling/pollState';
import { day, hour, minute, PollWorld, second, someRules, unmarkedRepeats } from './pollWorld.mts';
import type { WorldLine } from './pollWorld.mts';

const start = Date.UTC(2026, 4, 1, 12);

function world(rules: Partial<typeof someRules> = {}): PollWorld {
	return new PollWorld(start, { ...someRules, ...rules });
}

const line = (id: string, date: number, more: Partial<WorldLine> = {}): WorldLine => ({
	id,
	date,
	seenFrom: 0,
	...more,
});

const ids = ({ deliveries }: PollWorld) => deliveries.map(({ id }) => id);

describe('a poll', () => {
	it('gives lines out in the order of their process dates', async () => {
		const some = world();
		await some.boot();
		some.now += hour;
		some.lines = [5, 1, 4, 2, 3].map((at) => line(`${at}`, start + at * minute));
		await some.poll();
		expect(ids(some)).toEqual(['1', '2', '3', '4', '5']);
	});

	it('gives out more lines of one second than fit into a batch, each once', async () => {
		const some = world({ mostLines: 7 });
		await some.boot();
		some.now += hour;
		some.lines = Array.from({ length: 30 }, (_, index) => line(`${index}`, start + minute));
		for (let polls = 0; polls < 8; polls++) await some.poll();
		expect(ids(some).sort()).toEqual(some.lines.map(({ id }) => id).sort());
	});

	it('gives out lines without a date that do not fit into a batch, each once', async () => {
		const some = world({ mostLines: 2, longestWindow: 10 * minute });
		await some.boot();
		some.now += hour;
		some.lines = Array.from({ length: 9 }, (_, index) =>
			line(`${index}`, start + index * 5 * minute, { dated: index % 3 === 0 }),
		);
		for (let polls = 0; polls < 12; polls++) await some.poll();
		expect(ids(some).sort()).toEqual(some.lines.map(({ id }) => id).sort());
	});

	it('stops reading windows when its time is over, and continues with the next poll', async () => {
		const some = world({ longestWindow: hour });
		await some.boot();
		const state = readPollState(JSON.parse(some.saved!))!;
		const windows: number[] = [];
		const polled = await pollLines(
			{ name: 'own', state },
			some.rules,
			{
				now: start + day,
				process: 'process 1',
				timeLeft: () => windows.length < 3,
			},
			async ({ from }) => {
				windows.push(from);
				return { lines: [] };
			},
		);
		expect(windows.length).toBe(3);
		expect(polled.state.sweep?.done.at).toBe(windows[0] + 3 * hour);
	});

	it('asks for half a window when one is too much, down to the shortest', async () => {
		const some = world({ shortestWindow: 5 * minute, longestWindow: day });
		await some.boot();
		some.now += day;
		some.mostInWindow = 2;
		some.lines = Array.from({ length: 12 }, (_, index) =>
			line(`${index}`, start + hour + index * 10 * minute),
		);
		for (let polls = 0; polls < 30; polls++) await some.poll();
		expect(ids(some)).toEqual(some.lines.map(({ id }) => id));
	});

	it('throws when the shortest window is too much, and has changed nothing', async () => {
		const some = world({ shortestWindow: hour, longestWindow: hour, overlap: minute });
		await some.boot();
		some.now += 30 * minute;
		some.mostInWindow = 0;
		some.lines = [line('1', start + minute)];
		const before = some.saved;
		await expect(some.poll()).rejects.toThrow('Too much');
		expect(some.saved).toBe(before);
		some.mostInWindow = 1;
		await some.poll();
		expect(ids(some)).toEqual(['1']);
	});

	it('gives out what it has when a later window is too much, and throws with the next', async () => {
		const some = world({ shortestWindow: hour, longestWindow: hour, overlap: minute });
		await some.boot();
		some.now += 3 * hour;
		some.mostInWindow = 1;
		some.lines = [
			line('1', start + minute),
			line('2', start + 90 * minute),
			line('3', start + 2 * hour),
		];
		some.lines.push(line('4', start + 2 * hour));
		await some.poll();
		expect(ids(some)).toEqual(['1', '2']);
		await expect(some.poll()).rejects.toThrow('Too much');
		some.mostInWindow = 5;
		await some.poll();
		expect(ids(some).sort()).toEqual(['1', '2', '3', '4']);
	});

	it('reads nothing while the clock is before what was read', async () => {
		const some = world();
		await some.boot();
		some.now -= 2 * hour;
		const { reads } = some;
		await some.poll();
		expect(some.reads).toBe(reads);
		some.now += 3 * hour;
		some.lines = [line('1', start + minute)];
		await some.poll();
		expect(ids(some)).toEqual(['1']);
	});
});

describe("n8n's clock ahead of Rakuten's", () => {
	it.each([
		['by a minute', minute],
		['by more than the overlap', 2 * hour],
		['by days', 3 * day],
	])('leaves nothing out: %s', async (_, ahead) => {
		const some = world();
		some.ahead = ahead;
		await some.boot();
		for (let polls = 0; polls < 6; polls++) {
			some.now += 10 * minute;
			some.lines.push(line(`${polls}`, some.now - 5 * minute));
			await some.poll();
		}
		expect(ids(some)).toEqual(['0', '1', '2', '3', '4', '5']);
	});

	it('leaves nothing out and repeats nothing once it is set right', async () => {
		const some = world();
		some.ahead = 2 * hour;
		await some.boot();
		for (let polls = 0; polls < 8; polls++) {
			if (polls === 4) some.ahead = 0;
			some.now += 10 * minute;
			some.lines.push(line(`${polls}`, some.now - 5 * minute));
			await some.poll();
		}
		expect(ids(some)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
	});

	it('repeats nothing if hosts of Rakuten differ by seconds', async () => {
		const some = world();
		await some.boot();
		some.now += day - 20 * minute;
		const edge = some.now - second - 30 * minute;
		some.lines = Array.from({ length: 21 }, (_, index) =>
			line(`${index}`, edge + (index - 10) * second),
		);
		// Every second answer is from the host that is behind; the sweep has two windows.
		some.clockBehind = (read) => (read % 2) * 5 * second;
		await some.poll();
		some.now += minute;
		await some.poll();
		expect(ids(some)).toEqual(some.lines.map(({ id }) => id));
	});

	it('continues where a poll was full in the very second of its clock', async () => {
		const some = world({ mostLines: 1 });
		some.ahead = 5 * second;
		await some.boot();
		some.now += minute;
		some.lines = [line('1', some.now), line('2', some.now)];
		for (let polls = 0; polls < 4; polls++) {
			await some.poll();
			some.now += minute;
		}
		expect(ids(some).sort()).toEqual(['1', '2']);
	});

	it('uses its own clock if Rakuten sends no time', async () => {
		const some = world();
		some.sendsTime = false;
		await some.boot();
		some.now += hour;
		some.lines.push(line('1', some.now - minute));
		await some.poll();
		expect(ids(some)).toEqual(['1']);
		expect(readPollState(JSON.parse(some.saved!))!.cursor).toBe(some.now - second);
	});
});

describe('what makes lines come again', () => {
	const report = {
		source: 'report x',
		wholeDays: true,
		overlap: 3 * day,
		windowsPerPoll: 1,
		longestWindow: 31 * day,
		shortestWindow: day,
	};

	it('marks lines that a new source brings again, once', async () => {
		const some = world();
		some.lines = [line('before the start', start - 2 * hour)];
		await some.boot();
		some.now += 5 * hour;
		some.lines.push(line('1', start + hour), line('2', start + 2 * hour));
		await some.poll();
		some.rules = { ...someRules, ...report };
		await some.publish();
		for (let polls = 0; polls < 10; polls++) {
			some.now += 10 * minute;
			some.lines.push(line(`new ${polls}`, some.now - minute));
			await some.poll();
		}
		expect(unmarkedRepeats(some.deliveries)).toEqual([]);
		expect(ids(some).filter((id) => id === '1').length).toBe(2);
	});

	it('marks them too if the source was changed while another process polled', async () => {
		const some = world({ mostLines: 1 });
		await some.boot();
		some.now += 5 * hour;
		some.lines = [1, 2, 3].map((at) => line(`${at}`, start + at * hour));
		await some.poll();
		some.rules = { ...someRules, ...report, mostLines: 1 };
		some.now += minute;
		await some.handOver('new');
		some.now += minute;
		await some.handOver(0);
		for (let polls = 0; polls < 20; polls++) {
			some.now += 10 * minute;
			if (polls === 3) some.lines.push(line('late', start + 3.5 * hour));
			await some.poll();
		}
		expect(unmarkedRepeats(some.deliveries)).toEqual([]);
		expect(new Set(ids(some))).toEqual(new Set(['1', '2', '3', 'late']));
	});

	it('marks what the new source brings of the very last second, under another ID', async () => {
		const some = world(report);
		await some.boot();
		some.now += hour;
		some.lines = [line('of the report', some.now)];
		await some.poll();
		expect(ids(some)).toEqual(['of the report']);
		some.rules = someRules;
		some.lines = [line('of the Events API', some.now)];
		await some.publish();
		some.now += minute;
		await some.poll();
		expect(some.deliveries.slice(1)).toEqual([{ id: 'of the Events API', possiblyRepeated: true }]);
	});

	it.each([20, 5, 3])(
		'marks them if a process comes back whose clock is %i s behind',
		async (behind) => {
			const some = world();
			await some.boot();
			some.now += minute;
			some.lines.push(line('1', some.now - 30 * second));
			await some.poll();
			some.now += minute;
			some.lines.push(line('2', some.now - second));
			await some.handOver('new');
			some.ahead = -behind * second;
			some.now += second;
			await some.handOver(0);
			some.now += minute;
			await some.poll();
			expect(unmarkedRepeats(some.deliveries)).toEqual([]);
		},
	);

	it('knows lines whose dates hold parts of seconds', async () => {
		const some = world({ mostLines: 1 });
		await some.boot();
		some.now = start + 2 * hour;
		some.lines = [line('1', start + hour + 500), line('2', start + hour + 1200)];
		await some.poll();
		some.rules = { ...some.rules, mostLines: 1000 };
		some.now += second;
		some.clockBehind = () => 35 * minute;
		await some.poll();
		some.clockBehind = () => 0;
		some.now += minute;
		await some.poll();
		expect(ids(some)).toEqual(['1', '2']);
	});
});

describe('the first poll', () => {
	it('leaves out what it sees, and not what appears later with an earlier date', async () => {
		const some = world();
		some.lines = [
			line('seen', start - minute),
			line('late', start - minute, { seenFrom: start + minute }),
		];
		await some.boot();
		some.now += 2 * minute;
		await some.poll();
		expect(ids(some)).toEqual(['late']);
	});

	it('begins as far back as wanted, and not further', async () => {
		const some = world({ startBack: 3 * hour });
		some.lines = [
			line('before', start - 3 * hour - minute),
			line('first', start - 3 * hour + minute),
		];
		await some.boot();
		expect(some.deliveries).toEqual([]);
		await some.poll();
		expect(some.deliveries).toEqual([{ id: 'first', possiblyRepeated: false }]);
	});
});

describe('out of reach', () => {
	const reach = 29 * day;

	it('is named once, and what can be reached is read', async () => {
		const some = world({ reach, mostLines: 1 });
		await some.boot();
		some.now += 40 * day;
		some.lines = [
			line('lost', start + day),
			...[12, 20, 39].map((days) => line(`day ${days}`, start + days * day)),
		];
		for (let polls = 0; polls < 8; polls++) {
			some.now += 10 * minute;
			await some.poll();
		}
		expect(ids(some)).toEqual(['day 12', 'day 20', 'day 39']);
		expect(some.notices.map(({ type, from }) => [type, from])).toEqual([
			['missingRange', new Date(start - second - some.rules.overlap).toISOString()],
		]);
	});

	it('is not reached by a sweep that takes its time', async () => {
		const some = world({ reach, mostLines: 1 });
		await some.boot();
		some.now += 40 * day;
		const first = some.now - reach + hour + 2 * minute;
		some.lines = Array.from({ length: 10 }, (_, index) => line(`${index}`, first + index * second));
		for (let polls = 0; polls < 11; polls++) {
			await some.poll();
			some.now += 5 * minute;
		}
		expect(ids(some)).toEqual(some.lines.map(({ id }) => id));
		expect(some.notices.map(({ type }) => type)).toEqual(['missingRange']);
	});

	it('is not reported while everything was read in time, however quiet it was', async () => {
		const some = world({ reach });
		await some.boot();
		for (let days = 0; days < 60; days++) {
			some.now += day;
			await some.poll();
		}
		expect(some.notices).toEqual([]);
		some.lines = [line('1', some.now - minute)];
		await some.poll();
		expect(ids(some)).toEqual(['1']);
	});

	it.each([
		['from where it stood', 'poll', start + 2 * hour],
		['by another process from before the batch that may not have arrived', 'boot', start - second],
	] as const)('is told of an unfinished sweep %s', async (_, by, from) => {
		const some = world({ reach, mostLines: 1 });
		await some.boot();
		some.now += day;
		some.lines = [2, 4, 6].map((hours) => line(`${hours}`, start + hours * hour));
		await some.poll();
		expect(ids(some)).toEqual(['2']);
		some.now += 50 * day;
		await some[by]();
		const [notice] = some.notices.filter(({ type }) => type === 'missingRange');
		// Lines that appear late, up to the overlap before, are not looked for any more.
		expect(notice.from).toBe(new Date(from - some.rules.overlap).toISOString());
		expect(notice.possiblyRepeated).toBe(by === 'boot' ? true : undefined);
	});
});

describe('processes that take turns', () => {
	it.each([2, 3, 4])('get on, %i of them by the clock', async (processes) => {
		const some = world({ mostLines: 2 });
		await some.boot();
		for (let others = 1; others < processes; others++) await some.handOver('new');
		some.forgetful = true;
		some.now += hour;
		some.lines = Array.from({ length: 12 }, (_, index) => line(`${index}`, start + index * minute));
		for (let polls = 0; polls < 12 * processes; polls++) {
			some.now += minute;
			await some.takeTurn(polls);
		}
		expect(new Set(ids(some)).size).toBe(12);
		// Each process brings what it doesn't know to have arrived, once.
		expect(ids(some).length).toBeLessThanOrEqual(12 * processes);
		expect(unmarkedRepeats(some.deliveries)).toEqual([]);
	});
});

describe('silence', () => {
	it('is noticed once it has lasted for the time, and not before', async () => {
		const some = world({ silence: hour });
		await some.boot();
		some.now += hour - 1;
		await some.poll();
		expect(some.notices).toEqual([]);
		some.now += 1;
		await some.poll();
		expect(some.notices).toMatchObject([
			{ type: 'silence', hours: 1, since: new Date(start).toISOString() },
		]);
		expect(some.notices[0]).not.toHaveProperty('possiblyRepeated');
	});

	it('is noticed again after a line has broken it, and never if it is not wanted', async () => {
		const [some, never] = [world({ silence: hour }), world()];
		for (const each of [some, never]) {
			await each.boot();
			each.now += 2 * hour;
			await each.poll();
			each.lines = [line('1', each.now - minute)];
			for (let hours = 0; hours < 5; hours++) {
				await each.poll();
				each.now += hour;
			}
		}
		expect(some.notices.map(({ type }) => type)).toEqual(['silence', 'silence']);
		expect(some.notices[1].since).toBe(new Date(start + 2 * hour).toISOString());
		expect(never.notices).toEqual([]);
	});
});

describe('notices of a batch that nobody got', () => {
	const silenceOf = ({ notices }: PollWorld) => notices.filter(({ type }) => type === 'silence');

	it('are given again, marked: silence', async () => {
		const some = world({ silence: hour });
		await some.boot();
		some.now += 2 * hour;
		await some.poll('killedAfterSaving');
		// The process that the kill brought up has said it.
		expect(silenceOf(some).map(({ possiblyRepeated }) => possiblyRepeated)).toEqual([true]);
		for (let polls = 0; polls < 3; polls++) {
			some.now += hour;
			await some.poll();
		}
		expect(silenceOf(some).length).toBe(1);
	});

	it('are given again, marked: a missing range', async () => {
		const some = world({ reach: 29 * day });
		await some.boot();
		some.now += 40 * day;
		await some.poll('killedAfterSaving');
		expect(some.notices).toMatchObject([
			{
				type: 'missingRange',
				from: new Date(start - second - some.rules.overlap).toISOString(),
				possiblyRepeated: true,
			},
		]);
	});
});

describe('more lines than can be remembered', () => {
	it('come again with a mark, and hold up nothing', async () => {
		const some = world({ mostLines: 100, mostKnown: 500, overlap: 2 * hour });
		await some.boot();
		some.now += hour;
		const many = 550;
		some.lines = Array.from({ length: many }, (_, index) =>
			line(`${index}`, start + index * second),
		);
		for (let polls = 0; polls < 12; polls++) {
			some.now += minute;
			await some.poll();
		}
		expect(new Set(ids(some)).size).toBe(many);
		const notices = some.notices.filter(({ type }) => type === 'overlapTooLarge');
		expect(notices.length).toBe(1);
		expect(notices[0].possiblyRepeated).toBeUndefined();
		// A process that dies with a batch takes the notice of it along: the next one gives it again.
		await some.boot();
		for (let polls = 0; polls < 3; polls++) await some.poll();
		const again = some.notices.filter(({ type }) => type === 'overlapTooLarge').slice(1);
		expect(again.length).toBeGreaterThan(0);
		expect(again.filter(({ possiblyRepeated }) => !possiblyRepeated)).toEqual([]);
		some.lines.push(line('new', some.now - 10 * second));
		for (let polls = 0; polls < 3; polls++) await some.poll();
		expect(ids(some)).toContain('new');
		const met = new Set<string>();
		for (const { id, possiblyRepeated } of some.deliveries) {
			if (met.has(id)) expect(possiblyRepeated).toBe(true);
			met.add(id);
		}
		expect(some.saved!.length).toBeLessThan(10_000);
	});
});

describe('what is stored', () => {
	it('stays small, however long polling continues', async () => {
		const some = world();
		await some.boot();
		for (let polls = 0; polls < 200; polls++) {
			some.now += 10 * minute;
			some.lines = [line(`${polls}`, some.now - minute)];
			await some.poll();
		}
		const state = readPollState(JSON.parse(some.saved!))!;
		expect(some.saved!.length).toBeLessThan(1500);
		expect(state.known).not.toContain(lineHash('100'));
		expect(readPollState(state)!.batch!.lines).toContain(lineHash('199'));
	});

	it('holds hashes of lines, and no line', async () => {
		const some = world();
		await some.boot();
		some.now += hour;
		some.lines = Array.from({ length: 6 }, (_, index) => line(`line ${index}`, start + minute));
		await some.poll();
		expect(ids(some).length).toBe(6);
		expect(some.saved).not.toContain('line 1');
	});
});
