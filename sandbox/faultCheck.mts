import type { Fault, FaultMatch } from './faults.mts';
import { dayNumber } from './zones.mts';

const MATCHES: ReadonlyArray<keyof FaultMatch> = [
	'reportKey',
	'network',
	'from',
	'to',
	'daysOver',
	'rowsOver',
	'nth',
];

/** Per kind what it may be given besides match, times and echoUrl: one of these, or a type. */
const FIELDS: Record<Fault['kind'], Record<string, readonly string[] | 'number' | 'text'>> = {
	tooManyRequests: { retryAfter: 'text' },
	tooLarge: { status: 'number' },
	serverError: { status: 'number', shape: ['errors', 'message', 'text'] },
	refusal: { status: 'number', shape: ['errors', 'message', 'text'], message: 'text' },
	html: { status: 'number' },
	plainText: { message: 'text' },
	jsonRefusal: { shape: ['errors', 'message'], message: 'text' },
	emptyBody: {},
	slow: { ms: 'number', where: ['headers', 'body'] },
	reset: {},
	truncated: {
		how: [
			'destroy',
			'destroyChunked',
			'midLine',
			'insideQuote',
			'noFinalLineEnd',
			'atLineEnd',
			'strayQuote',
		],
	},
	wrongLength: { by: 'number' },
	damagedRow: { rows: 'number', how: ['mixed', 'extraField', 'missingField', 'amount', 'date'] },
};

/** Checks a fault from outside; throws naming what is not understood. */
export function checkedFault(given: unknown): Fault {
	const fault = given as Fault;
	const kind: string = fault?.kind;
	if (!Object.hasOwn(FIELDS, kind)) {
		throw new Error(`no fault "${kind}"; there are ${Object.keys(FIELDS).join(', ')}`);
	}
	for (const [name, value] of Object.entries(fault)) {
		if (name === 'kind' || name === 'match' || name === 'echoUrl') continue;
		if (name === 'times' && kind !== 'damagedRow') {
			if (Number.isInteger(value) && Number(value) > 0) continue;
			throw new Error('"times" is a whole number above 0');
		}
		const allowed = FIELDS[fault.kind][name];
		if (allowed === undefined) throw new Error(`${kind} has no "${name}"`);
		const fits = Array.isArray(allowed)
			? allowed.includes(value)
			: allowed === 'text' || typeof value === 'number';
		if (!fits) throw new Error(`${kind}: "${String(value)}" is no value for "${name}"`);
	}
	if (fault.kind === 'wrongLength' && !fault.by) throw new Error('wrongLength needs "by", not 0');
	if (fault.kind === 'slow' && !(fault.ms >= 0)) throw new Error('slow needs "ms"');
	checkMatch(fault);
	return fault;
}

function checkMatch({ kind, match = {} }: Fault): void {
	// A damaged row is one of the data, not of a request.
	const names = kind === 'damagedRow' ? (['network', 'from', 'to'] as const) : MATCHES;
	for (const name of Object.keys(match)) {
		if (!(names as readonly string[]).includes(name)) {
			throw new Error(`${kind} cannot match by "${name}", only by ${names.join(', ')}`);
		}
	}
	for (const date of [match.from, match.to]) {
		if (date !== undefined && dayNumber(date) === undefined) {
			throw new Error(`"${date}" is not a date like 2026-03-31`);
		}
	}
}
