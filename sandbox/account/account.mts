import { advertisersOf, type Advertiser } from './advertisers.mts';
import { generateDay } from './generator.mts';
import type { Activity, Line } from './lines.mts';
import { dateText, dayNumber, localDay } from './zones.mts';

const DAY = 86_400;

export interface AccountOptions {
	seed: number;
	/** `YYYY-MM-DD`; the account's clock is fixed at noon GMT of this day, see `now`. */
	today: string;
	/** Months of data before today. */
	months: number;
	/** Multiplies the number of orders; 1 makes about 4,000 lines in 12 months. */
	scale: number;
	/** Ids of the networks that have data. */
	networks: readonly number[];
	/** Gives one advertiser of every network a currency other than its network's. */
	mixedCurrencies: boolean;
}

/** Which lines a report is asked for: whole days in a zone, both ends included. */
export interface Selection {
	from: string;
	to: string;
	dateType: 'transaction' | 'process';
	/** An IANA zone name or GMT. */
	zone: string;
	/** Absent for every network of the account. */
	networks?: readonly number[];
}

/**
 * Which lines a change applies to; everything named must match. Dates are transaction days in GMT.
 */
export interface LineFilter {
	orderId?: string;
	transactionId?: string;
	network?: number;
	from?: string;
	to?: string;
	/** At most this many lines, the newest first. */
	limit?: number;
}

/** The data behind the tokens: what has happened so far, as the host would know it today. */
export class Account {
	readonly options: AccountOptions;
	#today: number;
	#nextDay: number;
	readonly #started = Math.floor(Date.now() / 1000);
	readonly #standsAtRealDay: boolean;
	#advertisers: Advertiser[][];
	#lines: Line[] = [];
	#activity: Activity[] = [];

	constructor(options: AccountOptions) {
		this.options = options;
		this.#today = dayOf(options.today);
		this.#standsAtRealDay = this.#today === Math.floor(this.#started / DAY);
		this.#nextDay = monthsBefore(this.#today, options.months);
		this.#advertisers = options.networks.map((id) => advertisersOf(id, options.mixedCurrencies));
		this.#generate();
	}

	get today(): string {
		return dateText(this.#today);
	}

	/**
	 * Noon GMT of today, in seconds since 1970: what the generator made is recorded up to then. On
	 * the real day it is the start at the latest, otherwise lines would be recorded ahead of the real
	 * clock.
	 */
	get now(): number {
		const noon = this.#today * DAY + DAY / 2;
		const isFirstDay = this.#today === Math.floor(this.#started / DAY);
		return this.#standsAtRealDay && isFirstDay ? Math.min(noon, this.#started) : noon;
	}

	/** The instant of something that happens now: the real one, or that of the made-up day. */
	get clock(): number {
		return this.#standsAtRealDay ? Math.max(this.now, Math.floor(Date.now() / 1000)) : this.now;
	}

	/** Every advertiser of the account. */
	get advertisers(): Advertiser[] {
		return this.#advertisers.flat();
	}

	/** The lines recorded by now, oldest transaction first. */
	get recorded(): Line[] {
		return this.#lines.filter((line) => this.#isRecorded(line));
	}

	/** Number of lines recorded by now. */
	get size(): number {
		return this.recorded.length;
	}

	/** Moves today forward (or back); days that become visible get their orders. */
	advanceTo(today: string): void {
		this.#today = dayOf(today);
		this.#generate();
	}

	/** The lines of a selection that are recorded by now, oldest transaction first. */
	select(selection: Selection): Line[] {
		const fits = matcherOf(selection);
		const instant = selection.dateType === 'process' ? 'processAt' : 'transactionAt';
		return this.recorded.filter((line) => fits(line.advertiser, line[instant]));
	}

	/** The traffic of a selection; it has one date, whatever the date type. */
	selectActivity(selection: Selection): Activity[] {
		const fits = matcherOf(selection);
		return this.#activity.filter(
			(activity) => activity.at <= this.now && fits(activity.advertiser, activity.at),
		);
	}

	/** The sub-ID as it shows now. */
	u1Of(line: Line): string {
		return line.u1KnownFrom <= this.now ? line.u1 : '';
	}

	/** The lines recorded by now that fit a filter, newest transaction first. */
	find(filter: LineFilter): Line[] {
		const from = filter.from === undefined ? -Infinity : dayOf(filter.from);
		const to = filter.to === undefined ? Infinity : dayOf(filter.to);
		const found = this.recorded.filter((line) => {
			const day = Math.floor(line.transactionAt / DAY);
			return (
				day >= from &&
				day <= to &&
				(filter.orderId === undefined || line.orderId === filter.orderId) &&
				(filter.transactionId === undefined || line.transactionId === filter.transactionId) &&
				(filter.network === undefined || line.advertiser.network.id === filter.network)
			);
		});
		return found.reverse().slice(0, filter.limit);
	}

	/** Adds lines that the generator did not make. */
	add(lines: readonly Line[]): void {
		this.#lines.push(...lines);
		this.#sort();
	}

	#isRecorded(line: Line): boolean {
		return line.atOnce === true || line.processAt <= this.now;
	}

	#generate(): void {
		for (; this.#nextDay <= this.#today; this.#nextDay++) {
			for (const advertisers of this.#advertisers) {
				const day = generateDay(this.options.seed, this.#nextDay, advertisers, this.options.scale);
				for (const line of day.lines) this.#lines.push(line);
				for (const activity of day.activity) this.#activity.push(activity);
			}
		}
		this.#sort();
	}

	/** Sorting is stable: lines of one instant stay as they were made. */
	#sort(): void {
		this.#lines.sort((a, b) => a.transactionAt - b.transactionAt || a.processAt - b.processAt);
	}
}

/** One order of one advertiser. */
export function orderKey(line: Line): string {
	return `${line.advertiser.mid}:${line.orderId}`;
}

function matcherOf(selection: Selection): (advertiser: Advertiser, instant: number) => boolean {
	const { networks, zone } = selection;
	const from = dayOf(selection.from);
	const to = dayOf(selection.to);
	return (advertiser, instant) => {
		if (networks && !networks.includes(advertiser.network.id)) return false;
		const day = localDay(instant, zone);
		return day >= from && day <= to;
	};
}

/** The day number of a date; throws if it is not a date. */
export function dayOf(date: string): number {
	const day = dayNumber(date);
	if (day === undefined) throw new Error(`"${date}" is not a date like 2026-03-31`);
	return day;
}

/** Whole seconds since 1970 of an ISO date with a time; throws if it is not a date. */
export function instantOf(time: string): number {
	const ms = /^\d{4}-\d\d-\d\dT/.test(time) ? Date.parse(time) : NaN;
	if (Number.isNaN(ms)) throw new Error(`"${time}" is not a time like 2026-03-31T12:00:00Z`);
	return Math.floor(ms / 1000);
}

function monthsBefore(day: number, months: number): number {
	const date = new Date(day * DAY * 1000);
	return Math.floor(
		Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, date.getUTCDate()) / 1000 / DAY,
	);
}
