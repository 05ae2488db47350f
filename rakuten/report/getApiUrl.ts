import { RakutenProblem } from '../problem';
import { builtInReports } from './builtInReports';
import { readOrigin, readParameters, unwrapped } from './pastedUrl';
import { findToken, tokenStart } from '../secrets/tokenShape';
import { withoutEnds } from '../withoutEnds';

/** The pieces of the URL that the dashboard's Get API popup shows. */
export interface GetApiUrl {
	/**
	 * Scheme, host and any folders before the language, without a trailing slash; undefined if
	 * missing.
	 */
	readonly baseUrl?: string;
	/** As in the path, neither decoded nor encoded again: `My-Report-%2B-Currency`. */
	readonly reportKey: string;
	/** The `tz` parameter, such as `America/New_York`. */
	readonly timeZone?: string;
	readonly dateType?: 'transaction' | 'process';
	/** IDs from every `network` parameter; empty means all of the account's networks. */
	readonly networks: readonly number[];
}

/**
 * Finds a Get API URL in a text and splits it into its parts (format from Rakuten's help article
 * "Run Reports Via API"). Words around it, `&amp;`, line breaks inside it, a missing scheme and
 * dates in the path (the older form `/filters/start-date/…/end-date/…`) are accepted. The host does
 * not matter: a path with `/reports/<key>/filters` is enough.
 *
 * @returns undefined if the text contains no such URL
 */
export function parseGetApiUrl(text: string): GetApiUrl | undefined {
	const url = unwrapped(text);
	const path = /\/reports\/([^/?#\s"'<>]+)\/filters(?![^/?#\s"'<>])([^\s"'<>#]*)/i.exec(url);
	if (!path) return undefined;
	const { origin, folder } = readOrigin(url.slice(0, path.index));
	const language = /(?:^|\/)([a-z]{2}(?:[-_][a-z]{2})?)$/i.exec(folder)?.[1];
	const above = folder.slice(0, folder.length - (language?.length ?? 0)).replace(/\/$/, '');
	const parameters = readParameters(path[2]);
	const first = (name: string) => parameters.get(name)?.find((value) => value !== '');
	const dateType = first('date_type')?.toLowerCase();
	return {
		baseUrl: origin === undefined ? undefined : [origin, above].filter(Boolean).join('/'),
		reportKey: path[1],
		timeZone: first('tz'),
		dateType: dateType === 'transaction' || dateType === 'process' ? dateType : undefined,
		networks: readNetworks(parameters.get('network') ?? []),
	};
}

function readNetworks(values: readonly string[]): number[] {
	const ids = values.flatMap((value) => value.split(/[,;|\s]+/));
	return [...new Set(ids.filter((id) => /^\d{1,4}$/.test(id)).map(Number))];
}

const whereTheKeyIs =
	'The key is the part of the Get API URL between /reports/ and /filters, for example signature-orders-report (Reports > Reporting > arrow beside View Report > Get API).';

/**
 * Reads the key of a report as a user typed or pasted it.
 *
 * Keys are kept as in the URL's path, with their case and with `%2B` and `%3A` unchanged.
 * Characters typed without that encoding (`+`, `:`, letters beyond ASCII) are encoded, because only
 * paths with the encoded form have been seen.
 *
 * @throws RakutenProblem for a URL, a token, a report's name, or text that can't be in a path
 */
export function readReportKey(pasted: string): string {
	const text = withoutEnds(pasted.trim(), /["'“”`]/).trim();
	if (text === '') {
		throw new RakutenProblem('reportKeyMissing', 'The report key is empty', whereTheKeyIs);
	}
	refuseSecrets(text);
	if (/\s/.test(text)) throw nameInsteadOfKey(text);
	const isPath = /[/\\?#&="'<>\p{Cc}\p{Cs}]/u.test(text) || /^(?:\.|%2e){1,2}$/i.test(text);
	if (isPath || /%(?![0-9a-f]{2})/i.test(text)) {
		throw new RakutenProblem(
			'reportKeyInvalid',
			'The report key has characters that report keys never have',
			whereTheKeyIs,
		);
	}
	return text
		.split(/((?:%[0-9a-f]{2})+)/i)
		.map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(part)))
		.join('');
}

/** A token in a node's field would be saved with the workflow, so it is refused and never used. */
function refuseSecrets(text: string): void {
	const isUrl = /:\/\/|\/reports\/|\/filters|rakutenmarketing\./i.test(text);
	const hasToken =
		findToken(text) !== undefined ||
		/token\s*(?:=|%3D)/i.test(text) ||
		/^[0-9a-f]{64}$/i.test(text) ||
		/^[A-Za-z0-9+/]{80,}={0,2}$/.test(text);
	if (!isUrl && !hasToken) return;
	const key = parseGetApiUrl(text)?.reportKey;
	const isSafe =
		key !== undefined &&
		key.length <= 100 &&
		!key.includes(tokenStart) &&
		!/[0-9a-f]{32}/i.test(key);
	const found = isSafe ? ` The report key in it is ${key}: enter that here.` : ` ${whereTheKeyIs}`;
	throw new RakutenProblem(
		hasToken ? 'tokenInReportKey' : 'urlInReportKey',
		`'Report' holds a ${isUrl ? 'URL' : 'token'}${hasToken && isUrl ? ' with a report token' : ''} instead of a report key${isSafe ? ` (${key})` : ''}`,
		`${hasToken ? 'A token in a node is saved with the workflow, so it was not used. ' : ''}The whole Get API URL belongs in the credential's 'Report Token' field.${found}`,
	);
}

function nameInsteadOfKey(text: string): RakutenProblem {
	const name = text
		.toLowerCase()
		.replace(/\s+/g, ' ')
		.replace(/ report$/, '');
	const builtIn = builtInReports.find((report) => report.name.toLowerCase() === name);
	return new RakutenProblem(
		'reportNameInsteadOfKey',
		"'Report' contains a name with spaces, which is not a report key",
		builtIn
			? `The key of the ${builtIn.name} report is ${builtIn.key}.`
			: `A key looks like signature-orders-report. ${whereTheKeyIs}`,
	);
}
