import type { IPollFunctions } from 'n8n-workflow';

import { hour } from '../../rakuten/date/milliseconds';
import type { PolledLine } from '../../rakuten/polling/GivenOut';
import type { TooMuch, WindowLines } from '../../rakuten/polling/pollLines';
import type { ItemFields } from '../../rakuten/polling/pollState';
import type { LineWindow } from '../../rakuten/polling/sweep';
import { RakutenProblem } from '../../rakuten/problem';
import { readEventLine } from '../../rakuten/line/eventLine';
import type { EventLine } from '../../rakuten/line/eventLine';
import { mayBeWanted } from '../../rakuten/line/lineFilter';
import type { TriggerFilter } from '../../rakuten/line/lineFilter';
import type { DeveloperConnection } from '../../services/developer/developerApi';
import { eventPages } from '../../services/developer/eventsApi';
import { sameText } from '../../services/pages';
import { ServiceProblem } from '../../services/problem';
import { outcomeOf } from '../../rakuten/outcome';
import { mostLinesInWindow, newest, tooManyLines } from './pollSource';
import type { PollSource, PollTime } from './pollSource';

type RawEvent = Readonly<Record<string, unknown>>;

/** The number of pages of a window that are searched for a sample. */
const samplePages = 3;

const iso = (at: number) => new Date(at).toISOString();

/** Lines of the Events API, by process date. */
export class EventsSource implements PollSource {
	constructor(
		private readonly context: IPollFunctions,
		private readonly connection: DeveloperConnection,
		private readonly filter: TriggerFilter,
		private readonly time: PollTime,
	) {}

	readonly read = async (window: LineWindow): Promise<WindowLines | TooMuch> => {
		const outcome = await outcomeOf(this.lines(window));
		if (outcome.ok) return outcome.value;
		const { cause } = outcome;
		// A window that fits on one page is never asked for another one.
		if (cause instanceof ServiceProblem && cause.problemName === 'samePage') {
			return { tooMuch: cause };
		}
		throw cause;
	};

	private async lines(window: LineWindow): Promise<WindowLines | TooMuch> {
		const lines: PolledLine[] = [];
		let clock: number | undefined;
		const pages = eventPages(this.context, this.connection, query(window));
		for await (const { records, answeredAt } of pages) {
			clock ??= answeredAt;
			for (const raw of records) {
				const line = eventLine(raw);
				if (mayBeWanted(line.reading, this.filter)) lines.push(line.polled);
			}
			if (lines.length > mostLinesInWindow) return { tooMuch: tooManyLines(useReport) };
			if (Date.now() > this.time.endsAt) return { tooMuch: tooSlow(this.time) };
		}
		return { lines, clock };
	}

	/** Lines of the last hour, otherwise of more and more days; only from the first pages. */
	async sample(): Promise<ItemFields[]> {
		const to = Date.now() - 1000;
		for (const hours of [1, 24, 7 * 24, 28 * 24]) {
			const window = { from: to - hours * hour, to };
			let pages = 0;
			for await (const { records } of eventPages(this.context, this.connection, query(window))) {
				const lines = records
					.map(eventLine)
					.filter(
						({ reading, polled }) =>
							mayBeWanted(reading, this.filter) && polled.output === 'transactions',
					);
				if (lines.length > 0) return newest(lines.map(({ polled }) => polled.json));
				if (++pages === samplePages) break;
			}
		}
		return [];
	}
}

const query = ({ from, to }: LineWindow) =>
	({ dateType: 'process', from: iso(from), to: iso(to) }) as const;

function eventLine(raw: RawEvent): { reading: EventLine; polled: PolledLine } {
	const { line, unreadable } = readEventLine(raw);
	const at = line.processDate === null ? undefined : Date.parse(line.processDate);
	// Without a transaction ID the line ID is made of the line itself.
	const content = line.transactionId === null ? undefined : sameText(raw);
	const known = { id: line.lineId, at, content };
	const json: ItemFields = { ...line, source: 'events' };
	if (unreadable.length === 0) {
		return { reading: line, polled: { ...known, output: 'transactions', json } };
	}
	const notice = {
		type: 'unreadableLine',
		message: `A line could not be read: ${unreadable.join('; ')}`,
		reasons: [...unreadable],
		lineId: line.lineId,
		source: 'events',
		values: { ...raw },
	};
	return { reading: line, polled: { ...known, output: 'notices', json: notice } };
}

const useReport = 'Read that many lines with Report > Get on a schedule.';

const tooSlow = ({ seconds }: PollTime) =>
	new RakutenProblem(
		'pollTooLong',
		`Rakuten did not return all lines within n8n's ${seconds}-second polling limit`,
		`No line is lost: the next poll tries again. If this keeps happening: ${useReport}`,
	);
