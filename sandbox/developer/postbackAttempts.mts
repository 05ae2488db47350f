import type { Line } from '../account/lines.mts';
import { decimalText } from '../account/money.mts';

/** One hit and what was answered. The URL is not in it: it may hold a key. */
export interface PostbackAttempt {
	/** From 1, in the order of sending; 0 for a record that nothing was sent for. */
	number: number;
	transactionId: string;
	isEvent: boolean;
	/** True for a hit that repeats one of the same sending. */
	repeat: boolean;
	/** Undefined if no answer came. */
	status: number | undefined;
	/** Why there is no answer, or why nothing was sent. */
	failure: string | undefined;
	/** ISO. */
	startedAt: string;
	ms: number;
}

/** Which attempts to sum up; everything named must match. */
export interface AttemptFilter {
	/** Attempts with a higher number only. */
	after?: number;
	isEvent?: boolean;
	currency?: string;
}

/** Sums over distinct lines that were answered with 200, exact. */
export interface AttemptTotals {
	attempts: number;
	answered200: number;
	distinctLines: number;
	sumsByCurrency: Record<string, { lines: number; sales: string; commission: string }>;
}

/** The sender's own record. */
export class PostbackAttempts {
	#attempts: Array<{ attempt: PostbackAttempt; line: Line }> = [];

	/** @param line as the hit reported it; it must not change any more */
	add(attempt: PostbackAttempt, line: Line): void {
		this.#attempts.push({ attempt, line });
	}

	list(): PostbackAttempt[] {
		return this.#attempts
			.map(({ attempt }) => structuredClone(attempt))
			.sort((a, b) => a.number - b.number);
	}

	clear(): void {
		this.#attempts = [];
	}

	totals({ after = 0, isEvent, currency }: AttemptFilter = {}): AttemptTotals {
		const counted = this.#attempts.filter(
			({ attempt, line }) =>
				attempt.number > after &&
				(isEvent === undefined || attempt.isEvent === isEvent) &&
				(currency === undefined || line.advertiser.currency === currency),
		);
		const answered = counted.filter(({ attempt }) => attempt.status === 200);
		const lines = new Map(answered.map(({ line }) => [line.transactionId, line]));
		return {
			attempts: counted.length,
			answered200: answered.length,
			distinctLines: lines.size,
			sumsByCurrency: sumsByCurrency([...lines.values()]),
		};
	}
}

/** Whole minor units are added; they become text at the end. */
function sumsByCurrency(lines: readonly Line[]): AttemptTotals['sumsByCurrency'] {
	const currencies = [...new Set(lines.map((line) => line.advertiser.currency))].sort();
	return Object.fromEntries(
		currencies.map((currency) => {
			const own = lines.filter((line) => line.advertiser.currency === currency);
			const sum = (of: (line: Line) => number) =>
				decimalText(
					own.reduce((total, line) => total + of(line), 0),
					currency,
				);
			return [
				currency,
				{
					lines: own.length,
					sales: sum((line) => line.sales),
					commission: sum((line) => line.commission),
				},
			];
		}),
	);
}
