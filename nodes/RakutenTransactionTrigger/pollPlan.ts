import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { millisecondsPerDay } from '../../rakuten/date/calendar';
import type { PollRules } from '../../rakuten/polling/sweep';
import { readIds } from '../../rakuten/postback/eventRules';
import { RakutenProblem } from '../../rakuten/problem';
import { isOfOtherSite } from '../../rakuten/line/lineFilter';
import { wholeNumber } from '../kit/fieldValue';
import { chosenReport } from '../reading/reportField';
import { developerConnection } from '../../services/developer/developerApi';
import { eventsReachDays } from '../../services/developer/eventsApi';
import { reportingConnection } from '../../services/reporting/reportingConnection';
import { EventsSource } from './EventsSource';
import type { WantsLine } from './EventsSource';
import type { LineSource, PollTime } from './lineSource';
import { optionDefault } from './optionFields';
import { ReportSource } from './ReportSource';

const minute = 60_000;
const hour = 60 * minute;

/** One poll, as the fields have it. */
export interface PollPlan {
	readonly rules: PollRules;
	readonly source: LineSource;
}

/** Reads the fields and the credential; throws a RakutenProblem where they don't make sense. */
export async function readPollPlan(context: IPollFunctions, time: PollTime): Promise<PollPlan> {
	const isReport = context.getNodeParameter('source') === 'report';
	const wants = wantedLines(context, isReport);
	if (!isReport) {
		const rules = eventsRules(context);
		const connection = await developerConnection(context);
		// The API may tell lines of all sites of the account; each site has a credential of its own.
		const wantsOfSite: WantsLine = (line) => !isOfOtherSite(line, connection.siteId) && wants(line);
		return { rules, source: new EventsSource(context, connection, wantsOfSite, time) };
	}
	const connection = await reportingConnection(context, 0);
	const report = chosenReport(context.getNodeParameter('report'), connection);
	const rules = reportRules(context, report.reportKey);
	return { rules, source: new ReportSource(context, connection, report, wants, time) };
}

function eventsRules(context: IPollFunctions): PollRules {
	const reach = eventsReachDays * millisecondsPerDay;
	const farthestBack = reach - 2 * hour;
	const startBack = startBackOf(context);
	if (startBack > farthestBack) {
		throw new RakutenProblem(
			'startOutOfReach',
			`'Hours Back' reaches further back than the Events API does, which tells the last ${eventsReachDays} days`,
			`Set it to ${farthestBack / hour} or less. Import what is older with Report > Get, by process date.`,
		);
	}
	return {
		...commonRules(context, startBack),
		source: 'events',
		overlap: option(context, 'overlapMinutes', 'Overlap in Minutes', 1, 10_080) * minute,
		reach,
		wholeDays: false,
		windowsPerPoll: Number.POSITIVE_INFINITY,
		longestWindow: millisecondsPerDay,
		shortestWindow: minute,
	};
}

function reportRules(context: IPollFunctions, reportKey: string): PollRules {
	return {
		...commonRules(context, startBackOf(context)),
		// Another report's lines may have other IDs.
		source: `report ${reportKey}`,
		overlap: option(context, 'overlapDays', 'Overlap in Days', 1, 60) * millisecondsPerDay,
		wholeDays: true,
		windowsPerPoll: 1,
		longestWindow: 31 * millisecondsPerDay,
		shortestWindow: millisecondsPerDay,
	};
}

/** A batch of so many lines is some 40 kB in the workflow's row. */
const mostItemsKept = 50;

const commonRules = (context: IPollFunctions, startBack: number) => ({
	mostLines: option(context, 'mostLines', 'Maximum Lines per Poll', 1, 10_000),
	mostItemsKept,
	startBack,
	silence: option(context, 'silenceHours', 'Notice After Silent Hours', 0, 100_000) * hour,
});

function startBackOf(context: IPollFunctions): number {
	if (context.getNodeParameter('startFrom') !== 'hoursBack') return 0;
	return wholeNumber(context.getNodeParameter('hoursBack'), 'Hours Back', 1, 100_000) * hour;
}

function option(
	context: IPollFunctions,
	name: string,
	label: string,
	least: number,
	most: number,
): number {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	return wholeNumber(options[name] ?? optionDefault(name), label, least, most);
}

/** A line that does not say what is asked for comes through: nothing is left out on a guess. */
function wantedLines(context: IPollFunctions, isReport: boolean): WantsLine {
	const advertisers = new Set(readIds(String(context.getNodeParameter('advertiserIds', '') ?? '')));
	const flag = isReport ? 'both' : context.getNodeParameter('eventFlag', 'both');
	const unwanted = flag === 'transactions' ? true : flag === 'events' ? false : undefined;
	return ({ advertiserId, isEvent }) =>
		(unwanted === undefined || isEvent !== unwanted) &&
		(advertisers.size === 0 || advertiserId === null || advertisers.has(advertiserId));
}
