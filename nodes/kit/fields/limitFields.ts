import { toggle, wholeNumber } from './fields';
import type { FieldReader } from './readFields';

/** Whether all results are wanted; beside `limit`, as n8n's own nodes have them. */
export const returnAll = toggle('returnAll', {
	label: 'Return All',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
});

export const limit = wholeNumber('limit', {
	label: 'Limit',
	default: 50,
	min: 1,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
});

/** How many results the two fields ask for; infinite where all are wanted. */
export const mostResults = (field: FieldReader): number =>
	field(returnAll) ? Number.POSITIVE_INFINITY : field(limit);
