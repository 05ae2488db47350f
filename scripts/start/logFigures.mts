import type { AttemptTotals, EventRecord } from '../../sandbox/server.mts';
import type { DataTableRow } from '../host/api/dataTables.mts';
import {
	byCurrency,
	comparison,
	comparisonTable,
	differencesOf,
	type Comparison,
} from './comparison.mts';
import { countBy } from './countBy.mts';
import { ExactSum, exactText } from './exactSum.mts';

/** The figures of lines that came by postback, whether logged by n8n or recorded by the sender. */
export interface LogFigures {
	/** Distinct ones, however often they were sent. */
	lines: number;
	/** How many have which state. */
	states: Record<string, number>;
	/** By currency, in the order of their codes; exact decimals with at least two places. */
	totals: Array<{ currency: string; lines: number; sales: string; commission: string }>;
}

/** How conversions got into the event log. */
export interface LogTrial {
	/** Hits that were sent, repeats included. */
	hits: number;
	/** Of these, those answered with 200. */
	answered: number;
	logged: LogFigures;
	expected: LogFigures;
	/** Lines that no postback reported. */
	missed: number;
	/** Of these, those that Catch up has found. */
	caughtUp: number;
}

/** Adds up the rows of the data table rakuten_event_log that a postback brought. */
export function loggedFigures(rows: readonly DataTableRow[]): LogFigures {
	const told = rows.filter(({ source }) => source === 'postback');
	return {
		lines: told.length,
		states: countBy(told, ({ state }) => String(state)),
		totals: totalsOf(told),
	};
}

/** Lines and exact sums of rows of an event table by currency, in the order of their codes. */
export function totalsOf(rows: readonly DataTableRow[]): LogFigures['totals'] {
	const currencies = [...new Set(rows.map(({ currency }) => String(currency)))].sort();
	return currencies.map((currency) => {
		const own = rows.filter((row) => String(row.currency) === currency);
		return {
			currency,
			lines: own.length,
			sales: sumOf(own, 'saleAmount'),
			commission: sumOf(own, 'commission'),
		};
	});
}

/** The same figures from the sender's own record; the states as documented. */
export function sentFigures(
	{ distinctLines, sumsByCurrency }: AttemptTotals,
	sent: readonly EventRecord[],
): LogFigures {
	return {
		lines: distinctLines,
		states: countBy(sent, stateWithoutRules),
		totals: Object.entries(sumsByCurrency).map(([currency, { lines, sales, commission }]) => ({
			currency,
			lines,
			sales: exactText(sales),
			commission: exactText(commission),
		})),
	};
}

/**
 * Where the log differs from what was sent, or why the trial proves nothing; empty if all is well.
 */
export function logComplaints(trial: LogTrial): string[] {
	const { hits, answered, expected, missed, caughtUp } = trial;
	const conditions: Array<[boolean, string]> = [
		[answered === hits, `only ${answered} of ${hits} postbacks were answered with 200`],
		[hits > expected.lines, 'no postback was sent twice'],
		[Object.keys(expected.states).length === 3, 'not every state was among the postbacks'],
		[missed > 0, 'no postback was left out'],
		[caughtUp === missed, `Catch up found ${caughtUp} of the ${missed} lines left out`],
	];
	return [
		...differencesOf(comparisons(trial)).map((text) => `Event log: ${text}`),
		...conditions.filter(([holds]) => !holds).map(([, complaint]) => complaint),
	];
}

/** A table for the terminal: lines and their states first, then sales and commission by currency. */
export function logTable(trial: LogTrial): string {
	return comparisonTable(comparisons(trial), {
		stored: 'n8n has logged',
		expected: 'the sandbox has sent',
	});
}

/** One line for the person. */
export function sentInWords({ hits, answered, expected, missed, caughtUp }: LogTrial): string {
	return `${hits} postbacks for ${expected.lines} lines, ${answered} answered with 200; of ${missed} lines that were not sent, Catch up found ${caughtUp}.`;
}

const STATES = { accepted: 'Accepted', correction: 'Corrections', unattributed: 'Unattributed' };

function comparisons({ logged, expected }: LogTrial): Comparison[] {
	const list = [comparison('Lines', logged.lines, expected.lines)];
	const states = [...Object.keys(STATES), ...Object.keys(logged.states)];
	for (const state of new Set(states)) {
		const name = STATES[state as keyof typeof STATES] ?? state;
		list.push(comparison(name, logged.states[state] ?? 0, expected.states[state] ?? 0));
	}
	for (const totals of byCurrency(logged.totals, expected.totals)) {
		const { currency, stored: one, expected: other } = totals;
		list.push(
			comparison(`${currency} sales`, one?.sales, other?.sales),
			comparison(`${currency} commission`, one?.commission, other?.commission),
			comparison(`${currency} lines`, one?.lines, other?.lines, true),
		);
	}
	return list;
}

/**
 * The state that a trigger without rules gives a line: it discards only what can't be read, and the
 * sandbox's can.
 */
export function stateWithoutRules({ sales, commission, u1 }: EventRecord): string {
	if (Number(sales) < 0 || Number(commission) < 0) return 'correction';
	return u1 === '' ? 'unattributed' : 'accepted';
}

function sumOf(rows: readonly DataTableRow[], column: 'saleAmount' | 'commission'): string {
	const sum = new ExactSum();
	for (const row of rows) sum.add(String(row[column]));
	return String(sum);
}
