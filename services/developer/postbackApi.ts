import { outcomeOf } from '../../rakuten/outcome';
import { isSameUrl } from '../../rakuten/postback/storedUrl';
import type { ServiceContext } from '../context';
import { ServiceProblem } from '../problem';
import { nothing, saysNone } from './noRecords';
import { askForJson } from './developerApi';
import type { DeveloperConnection } from './developerApi';

/** A site's postback as Rakuten has it. Each site has one. */
export interface RegisteredPostback {
	/** As registered, macros in angle brackets. */
	readonly url: string;
	readonly isActive: boolean;
}

/**
 * The postback of the connection's site; undefined if there is none, in any of the ways Rakuten
 * says so: "No records found", 404 "Postback not found", an empty list. Throws a ServiceProblem,
 * also for an answer in an unknown format: if that were read as none, somebody else's postback
 * would be overwritten.
 */
export async function readPostback(
	context: ServiceContext,
	connection: DeveloperConnection,
): Promise<RegisteredPostback | undefined> {
	const asked = askForJson(context, connection, { method: 'GET', path: pathOf(connection) });
	const outcome = await outcomeOf(asked);
	if (!outcome.ok) {
		if (saysNone(outcome.cause)) return undefined;
		throw outcome.cause;
	}
	return postbackIn(outcome.value, connection.siteId);
}

/** Registers the postback: changes the existing one, or sets up the first. Reads nothing back. */
export async function writePostback(
	context: ServiceContext,
	connection: DeveloperConnection,
	postback: RegisteredPostback,
): Promise<void> {
	const body = { is_active: postback.isActive ? 'Y' : 'N', url: postback.url };
	const update = async () =>
		await askForJson(context, connection, { method: 'PUT', path: pathOf(connection), body });
	if (await readPostback(context, connection)) {
		const updated = await outcomeOf(update());
		if (updated.ok) return;
		if (!saysNone(updated.cause)) throw updated.cause;
	}
	const created = await outcomeOf(
		askForJson(context, connection, {
			method: 'POST',
			path: '/v1/postback',
			body: { sid: Number(connection.siteId), ...body },
		}),
	);
	if (created.ok) return;
	// It may have been carried out anyway, or somebody else was first: then there is one now.
	const now = await readPostback(context, connection);
	if (now && isSameUrl(now.url, postback.url) && now.isActive === postback.isActive) return;
	if (!now) throw created.cause;
	await update();
}

/** Removes the site's postback; does nothing if the site has no postback. */
export async function removePostback(
	context: ServiceContext,
	connection: DeveloperConnection,
): Promise<void> {
	const outcome = await outcomeOf(
		askForJson(context, connection, { method: 'DELETE', path: pathOf(connection) }),
	);
	if (!outcome.ok && !saysNone(outcome.cause)) throw outcome.cause;
}

const pathOf = ({ siteId }: DeveloperConnection) => `/v1/postback/${siteId}`;

/** `{data: [{…}]}`, `{data: {…}}`, a list, or the postback alone; the flag as Y, N or boolean. */
function postbackIn(answer: unknown, siteId: string): RegisteredPostback | undefined {
	const whole = asRecord(answer);
	if (whole && !('data' in whole) && nothing.test(String(whole.message ?? ''))) return undefined;
	const data = whole && 'data' in whole ? whole.data : answer;
	if (data === null) return undefined;
	const records = (Array.isArray(data) ? data : [data]).map(asRecord);
	if (records.length === 0) return undefined;
	const record =
		records.find((each) => String(each?.sid ?? '') === siteId) ??
		(records.length === 1 ? records[0] : undefined);
	const flag = String(record?.is_active ?? '').toLowerCase();
	if (typeof record?.url !== 'string' || !flags.has(flag)) throw unknownForm();
	return record.url.trim() === '' ? undefined : { url: record.url, isActive: flags.get(flag)! };
}

const flags = new Map([
	['y', true],
	['true', true],
	['n', false],
	['false', false],
]);

const asRecord = (value: unknown): Record<string, unknown> | undefined =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: undefined;

const unknownForm = () =>
	new ServiceProblem(
		'unexpectedAnswer',
		"Rakuten's answer about the postback has an unknown format",
		"Nothing was changed, because another tool's postback might be there. Check the 'Base URL' in the credential. If this keeps happening, please open an issue.",
	);
