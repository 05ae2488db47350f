import { PollMemory } from '../../../rakuten/polling/PollMemory';
import { pollLines } from '../../../rakuten/polling/pollLines';
import type { Polled, ReadLines } from '../../../rakuten/polling/pollLines';
import { readPollState } from '../../../rakuten/polling/pollState';
import type { Emission } from '../../../rakuten/polling/pollState';
import type { PollRules } from '../../../rakuten/polling/sweep';
import { RakutenProblem } from '../../../rakuten/problem';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

export const someRules: PollRules = {
	source: 'events',
	overlap: 30 * minute,
	wholeDays: false,
	mostLines: 1000,
	mostKnown: 50_000,
	windowsPerPoll: Number.POSITIVE_INFINITY,
	longestWindow: day,
	shortestWindow: minute,
	startBack: 0,
	silence: 0,
};

/** A line at Rakuten: its process date, and since when it can be seen. */
export interface WorldLine {
	id: string;
	date: number;
	seenFrom: number;
	/** Whether its date can be read. */
	dated?: boolean;
	output?: keyof Emission;
}

/** What happens to a poll. */
export type Fate =
	| 'fine'
	/** n8n is killed with the result in hand. */
	| 'killedBeforeEmission'
	/** n8n is killed when it has stored the state and not yet started the execution. */
	| 'killedAfterSaving'
	/** n8n is killed when it has started the execution and not yet stored the state. */
	| 'killedAfterStarting'
	/** The database refuses the state; n8n logs that and continues. */
	| 'saveFails'
	/** The workflow was published in the meantime: n8n drops the result. */
	| 'dropped'
	/** Rakuten does not answer. */
	| 'noAnswer';

export interface Delivery {
	id: string;
	possiblyRepeated: boolean;
	type?: unknown;
}

/**
 * Rakuten, n8n and its database around one polling trigger. n8n does here what it does: polls at
 * activation, and stores the state with each emission and after activation.
 */
export class PollWorld {
	now: number;
	rules: PollRules;
	lines: WorldLine[] = [];
	/** What executions were started with, in order. */
	readonly deliveries: Delivery[] = [];
	readonly notices: Array<Record<string, unknown>> = [];
	/** The database's row, and what it held before. */
	saved: string | undefined;
	savedBefore: string | undefined;
	reads = 0;
	/** By how much n8n's clock is ahead of Rakuten's (ms). */
	ahead = 0;
	/** Whether Rakuten's answers have its own time. */
	sendsTime = true;
	/** How far the host that gives an answer is behind (ms), by the number of the answer. */
	clockBehind: (read: number) => number = () => 0;
	/** More lines in one window are too much. */
	mostInWindow = Number.POSITIVE_INFINITY;
	/** Whether n8n hands out what it has stored at each poll, and stores it with an emission alone. */
	forgetful = false;
	private isHandOver = false;
	private live: string | undefined;
	private process = 0;
	private started = 0;
	private readonly memories = new Map<number, PollMemory>();

	constructor(now: number, rules: PollRules) {
		this.now = now;
		this.rules = rules;
	}

	/** Whether the last sweep was ended. */
	get isBetweenSweeps(): boolean {
		return !readPollState(JSON.parse(this.live ?? 'null'))?.sweep;
	}

	/** n8n starts, or starts again after it was killed. */
	async boot(fate: Fate = 'fine'): Promise<void> {
		this.memories.delete(this.process);
		await this.startProcess(fate);
	}

	/** Another process of n8n becomes the leader: a new one, or one that was it before and lives on. */
	async handOver(to: number | 'new', fate: Fate = 'fine'): Promise<void> {
		const living = [...this.memories.keys()].filter((process) => process !== this.process);
		if (to === 'new' || living.length === 0) return await this.startProcess(fate);
		this.process = living[to % living.length];
		this.isHandOver = true;
		await this.publish(fate);
	}

	/** Another living process takes the next poll, as n8n's durable scheduler has it. */
	async takeTurn(turn: number, fate: Fate = 'fine'): Promise<void> {
		const living = [...this.memories.keys()];
		this.process = living[turn % living.length];
		await this.poll(fate);
	}

	private async startProcess(fate: Fate): Promise<void> {
		this.process = ++this.started;
		this.memories.set(this.process, new PollMemory(`process ${this.process}`));
		await this.publish(fate);
	}

	/** The workflow is activated, or published again while it is active. */
	async publish(fate: Fate = 'fine'): Promise<void> {
		this.live = this.saved;
		if (await this.poll(fate)) this.save(this.live);
	}

	/** The node is renamed and published, perhaps during a poll: its state stays behind. */
	async rename(duringPoll = false): Promise<void> {
		if (duringPoll) await this.read('dropped');
		this.saved = undefined;
		await this.publish();
	}

	/** An execution that changed static data itself ends, and stores the state as it was when it began. */
	clobber(): void {
		this.saved = this.savedBefore ?? this.saved;
	}

	/** One poll; whether n8n and the workflow are as before it. */
	async poll(fate: Fate = 'fine'): Promise<boolean> {
		if (this.forgetful) this.live = this.saved ?? this.live;
		const polled = await this.read(fate);
		if (!polled) return true;
		const state = JSON.stringify(polled.state);
		if (!polled.emission && fate !== 'dropped') {
			this.live = state;
			if (!fate.startsWith('killed')) return true;
			await this.boot();
			return false;
		}
		switch (fate) {
			case 'dropped':
				await this.publish();
				return false;
			case 'killedBeforeEmission':
				await this.boot();
				return false;
			case 'killedAfterSaving':
				this.save(state);
				await this.boot();
				return false;
			case 'killedAfterStarting':
				this.execute(polled.emission!);
				await this.boot();
				return false;
			default:
				this.live = state;
				if (fate !== 'saveFails') this.save(state);
				this.execute(polled.emission!);
				return true;
		}
	}

	private async read(fate: Fate): Promise<Polled | undefined> {
		const kept = readPollState(this.live === undefined ? undefined : JSON.parse(this.live));
		const memory = this.memories.get(this.process)!;
		const { isHandOver: isNewLeader } = this;
		const situation = memory.open('node', kept, { isAtomic: false, isNewLeader });
		this.isHandOver = false;
		const run = {
			now: this.now + this.ahead,
			process: `process ${this.process}`,
			timeLeft: () => true,
		};
		const polling = pollLines(situation, this.rules, run, this.reader(fate));
		if (fate === 'noAnswer') {
			await expect(polling).rejects.toThrow('No answer');
			return undefined;
		}
		const polled = await polling;
		memory.close('node', polled, kept);
		return polled;
	}

	private reader(fate: Fate): ReadLines {
		return async ({ from, to }) => {
			this.reads++;
			if (from > to) throw new Error('The window ends before it begins');
			if (fate === 'noAnswer') throw new Error('No answer');
			const found = this.lines.filter(
				({ date, seenFrom }) => date >= from && date <= to && seenFrom <= this.now,
			);
			if (found.length > this.mostInWindow && to - from >= minute) {
				return { tooMuch: new RakutenProblem('tooMuch', 'Too much', 'Ask for less.') };
			}
			const lines = found.map(({ id, date, dated, output }) => ({
				id,
				at: dated === false ? undefined : date,
				output: output ?? 'transactions',
				json: { lineId: id },
			}));
			return {
				lines,
				clock: this.sendsTime ? this.now - this.clockBehind(this.reads) : undefined,
			};
		};
	}

	private save(state: string | undefined): void {
		this.savedBefore = this.saved;
		this.saved = state;
	}

	private execute({ transactions, notices }: Emission): void {
		for (const json of [...transactions, ...notices]) {
			if (json.lineId === undefined) this.notices.push(json);
			else {
				this.deliveries.push({
					id: String(json.lineId),
					possiblyRepeated: json.possiblyRepeated === true,
				});
			}
		}
	}
}

/** Ids that came again without being marked. */
export function unmarkedRepeats(deliveries: readonly Delivery[]): string[] {
	const met = new Set<string>();
	const unmarked: string[] = [];
	for (const { id, possiblyRepeated } of deliveries) {
		if (met.has(id) && !possiblyRepeated) unmarked.push(id);
		met.add(id);
	}
	return unmarked;
}
