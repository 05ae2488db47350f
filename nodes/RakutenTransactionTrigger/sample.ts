import type { IPollFunctions } from 'n8n-workflow';

import type { ItemFields } from '../../rakuten/polling/pollState';
import { sampleEvent } from '../../rakuten/postback/sampleEvent';
import { readEventLine } from '../../rakuten/line/eventLine';
import type { PollTime } from './pollSource';
import { readPollPlan } from './pollPlan';

/**
 * What the editor shows: recent lines as the trigger would give them out. If there are none, made-up
 * lines that say so. Nothing is noted: the next poll brings what it would have brought anyway.
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
					'This trigger found no line, so these are made up. Real lines have no field madeUp.',
			},
		],
	];
}

function madeUp(name: 'purchase' | 'correction'): ItemFields {
	const { line } = readEventLine(sampleEvent(name, undefined, new Date()));
	return { ...line, source: 'events', madeUp: true };
}
