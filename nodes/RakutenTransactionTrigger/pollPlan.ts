import type { IPollFunctions } from 'n8n-workflow';

import { millisecondsPerDay } from '../../rakuten/date/calendar';
import { hour, minute } from '../../rakuten/date/milliseconds';
import type { PollRules } from '../../rakuten/polling/sweep';
import { readIds } from '../../rakuten/postback/eventRules';
import { RakutenProblem } from '../../rakuten/problem';
import { nodeFields } from '../kit/fields/readFields';
import type { FieldReader } from '../kit/fields/readFields';
import { chosenReport } from '../reading/reportField';
import { developerConnection } from '../../services/developer/developerApi';
import { pollPatience } from '../../services/patience';
import { eventsReachDays } from '../../services/developer/eventsApi';
import { reportingConnection } from '../../services/reporting/reportingConnection';
import { EventsSource } from './EventsSource';
import type { PollSource, PollTime } from './pollSource';
import { advertiserIds, eventFlag, hoursBack, options, report, source, startFrom } from './fields';
import { ReportSource } from './ReportSource';

/** One poll, as the fields have it. */
interface PollPlan {
	readonly rules: PollRules;
	readonly source: PollSource;
}

/** Reads the fields and the credential; throws a RakutenProblem where they don't make sense. */
export async function readPollPlan(context: IPollFunctions, time: PollTime): Promise<PollPlan> {
	const field = nodeFields(context);
	const ofAdvertisers = { advertiserIds: readIds(field(advertiserIds)) };
	if (field(source) === 'events') {
		const rules = eventsRules(field);
		const connection = await developerConnection(context, pollPatience);
		// The API may return lines of all sites of the account; each site has its own credential.
		const { siteId } = connection;
		const filter = { ...ofAdvertisers, isEvent: earlyEvents[field(eventFlag)], siteId };
		return { rules, source: new EventsSource(context, connection, filter, time) };
	}
	const connection = await reportingConnection(context, 0);
	const chosen = chosenReport(field(report), connection);
	const rules = reportRules(field, chosen.reportKey);
	return { rules, source: new ReportSource(context, connection, chosen, ofAdvertisers, time) };
}

function eventsRules(field: FieldReader): PollRules {
	const reach = eventsReachDays.process * millisecondsPerDay;
	const farthestBack = reach - 2 * hour;
	const startBack = startBackOf(field);
	if (startBack > farthestBack) {
		throw new RakutenProblem(
			'startOutOfReach',
			`'Hours Back' reaches further back than the Events API, which returns the last ${eventsReachDays.process} days`,
			`Set it to ${farthestBack / hour} or less. Import older lines with Report > Get, by process date.`,
		);
	}
	return {
		...commonRules(field, startBack),
		source: 'events',
		overlap: field(options).overlapMinutes * minute,
		reach,
		wholeDays: false,
		windowsPerPoll: Number.POSITIVE_INFINITY,
		longestWindow: millisecondsPerDay,
		shortestWindow: minute,
	};
}

function reportRules(field: FieldReader, reportKey: string): PollRules {
	return {
		...commonRules(field, startBackOf(field)),
		// Another report's lines may have other IDs.
		source: `report ${reportKey}`,
		overlap: field(options).overlapDays * millisecondsPerDay,
		wholeDays: true,
		windowsPerPoll: 1,
		longestWindow: 31 * millisecondsPerDay,
		shortestWindow: millisecondsPerDay,
	};
}

/** About half a megabyte in the workflow's row. Only an overlap with some 1,700 lines a minute holds more. */
const mostKnown = 50_000;

const commonRules = (field: FieldReader, startBack: number) => ({
	mostLines: field(options).mostLines,
	mostKnown,
	startBack,
	silence: field(options).silenceHours * hour,
});

const startBackOf = (field: FieldReader) =>
	field(startFrom) === 'hoursBack' ? field(hoursBack) * hour : 0;

/** Reports contain no early events. */
const earlyEvents = { both: undefined, transactions: false, events: true };
