import type { IPollFunctions } from 'n8n-workflow';

import type { ItemFields } from '../../rakuten/polling/pollState';
import { sampleEvent } from '../../rakuten/postback/sampleEvent';
import { readEventLine } from '../../rakuten/line/eventLine';
import type { PollTime } from './lineSource';
import { readPollPlan } from './pollPlan';

/**
 * What the editor shows: recent lines as the trigger would give them out, and where there are none
 * made-up ones that say so. Nothing is noted: the next poll brings what it would have brought.
 */
export async function showSample(
	context: IPollFunctions,
	time: PollTime,
): Promise<[ItemFields[], ItemFields[]]> {
	const { source } = await readPollPlan(context, time);
	const lines = await source.sample();
	if (lines.length > 0) return [lines, []];
	return [
		[madeUp('purchase'), madeUp('correction')],
		[
			{
				type: 'madeUpSample',
				message:
					'No line was found that this trigger would give out, so these are made up. Real ones have no field madeUp.',
			},
		],
	];
}

function madeUp(name: 'purchase' | 'correction'): ItemFields {
	const { line } = readEventLine(sampleEvent(name, undefined, new Date()));
	return { ...line, source: 'events', madeUp: true };
}
