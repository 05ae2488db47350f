import { dayNumber } from '../account/zones.mts';
import { GATEWAY_KINDS, type Fault, type FaultMatch } from './faults.mts';

const OF_REQUEST: ReadonlyArray<keyof FaultMatch> = ['api', 'path', 'method', 'nth'];
const OF_REPORT: ReadonlyArray<keyof FaultMatch> = [
	'reportKey',
	'network',
	'from',
	'to',
	'daysOver',
	'rowsOver',
];
const APIS = ['reporting', 'token', 'postback', 'events', 'other'];
const SHAPES = ['errors', 'message', 'text', 'v1'] as const;

/** What each kind may be given besides match, times and echoUrl: one of these, or a type. */
const FIELDS: Record<Fault['kind'], Record<string, readonly string[] | 'number' | 'text'>> = {
	tooManyRequests: { retryAfter: 'text' },
	tooLarge: { status: 'number' },
	serverError: { status: 'number', shape: SHAPES },
	refusal: { status: 'number', shape: SHAPES, message: 'text' },
	html: { status: 'number' },
	plainText: { message: 'text' },
	jsonRefusal: { shape: ['errors', 'message', 'v1'], message: 'text' },
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
	unauthorized: { as: ['empty', 'kong', 'wso2', 'fault'] },
	rateLimited: { as: ['text', 'json', 'wso2'] },
	notEntitled: { as: ['text', 'json'] },
	damagedRow: { rows: 'number', how: ['mixed', 'extraField', 'missingField', 'amount', 'date'] },
};

/** Checks a fault from outside; throws an error that names what is not understood. */
export function checkedFault(given: unknown): Fault {
	const fault = given as Fault;
	const kind: string = fault?.kind;
	if (!Object.hasOwn(FIELDS, kind)) {
		throw new Error(`no fault "${kind}"; there are ${Object.keys(FIELDS).join(', ')}`);
	}
	for (const [name, value] of Object.entries(fault)) {
		if (['kind', 'match', 'echoUrl', 'afterwards'].includes(name)) continue;
		if (name === 'times' && kind !== 'damagedRow') {
			if (Number.isInteger(value) && Number(value) > 0) continue;
			throw new Error('"times" is a whole number above 0');
		}
		const allowed = FIELDS[fault.kind][name];
		if (allowed === undefined) throw new Error(`${kind} has no "${name}"`);
		const fits = Array.isArray(allowed)
			? allowed.includes(value)
			: allowed === 'text' || typeof value === 'number';
		if (!fits) throw new Error(`${kind}: "${String(value)}" is not a value for "${name}"`);
	}
	if (fault.kind === 'wrongLength' && !fault.by) throw new Error('wrongLength needs "by", not 0');
	if (fault.kind === 'slow' && !(fault.ms >= 0)) throw new Error('slow needs "ms"');
	checkMatch(fault);
	return fault;
}

function checkMatch({ kind, match = {} }: Fault): void {
	const names: readonly string[] = matchesOf(kind, match);
	for (const name of Object.keys(match)) {
		if (!names.includes(name)) {
			throw new Error(`${kind} cannot match by "${name}", only by ${names.join(', ')}`);
		}
	}
	if (match.method !== undefined && !match.api && !match.path && !GATEWAY_KINDS.has(kind)) {
		throw new Error('"method" needs "api" or "path"');
	}
	if (match.api !== undefined && !APIS.includes(match.api)) {
		throw new Error(`no api "${match.api}"; there are ${APIS.join(', ')}`);
	}
	for (const date of [match.from, match.to]) {
		if (date !== undefined && dayNumber(date) === undefined) {
			throw new Error(`"${date}" is not a date like 2026-03-31`);
		}
	}
}

/** What a fault can be matched by: a damaged row belongs to the data, and only reports have dates. */
function matchesOf(kind: string, { api, path }: FaultMatch): ReadonlyArray<keyof FaultMatch> {
	if (kind === 'damagedRow') return ['network', 'from', 'to'];
	const isForReports =
		!GATEWAY_KINDS.has(kind) &&
		(api === undefined || api === 'reporting') &&
		(path === undefined || path.includes('/reports'));
	return isForReports ? [...OF_REQUEST, ...OF_REPORT] : OF_REQUEST;
}
