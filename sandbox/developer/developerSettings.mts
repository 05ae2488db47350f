import type {
	NotEntitledStyle,
	RateLimitStyle,
	UnauthorizedStyle,
} from '../host/gatewayRefusals.mts';

/** How the API host answers where the facts leave it open, or have seen more than one way. */
export interface DeveloperSettings {
	/** How long a token lives; below one second for tests. */
	tokenSeconds: number;
	/** Requests of the application in any minute, refused with 403 beyond; 0 for no limit. */
	requestsPerMinute: number;
	/** What the application may use; anything else is 403 "You cannot consume this service". */
	entitled: { postback: boolean; events: boolean };
	/** A refused token request: OAuth 2 JSON, the old gateway's XML, or a status alone. */
	tokenRefusalAs: 'kong' | 'wso2' | 'bare';
	unauthorizedAs: UnauthorizedStyle;
	rateLimitAs: RateLimitStyle;
	notEntitledAs: NotEntitledStyle;
	/** A postback: `{_metadata, data: […]}`, `{_metadata, data: {…}}`, or the object alone. */
	postbackAs: 'list' | 'object' | 'bare';
	isActiveAs: 'YN' | 'boolean';
	/** GET without one: 200 "No records found", 404 "Postback not found", 200 with an empty list. */
	missingPostbackAs: 'message' | 'notFound' | 'emptyList';
	/** POST when there is one. */
	existingPostback: 'refuse' | 'replace';
	/** Advertiser and site ids in events: numbers, numeric texts, or some of each. */
	idsAs: 'number' | 'text' | 'mixed';
	/** The event flag: `Y` and `N`, or a boolean as the documented schema has it. */
	isEventAs: 'YN' | 'boolean';
	offerIds: 'sometimes' | 'always' | 'never';
	/** The name of the commissioning list's id, which only some records have; `never` for none. */
	commissionsListAs: 'commissions_list_id' | 'commission_list_id' | 'never';
	/** Events of all sites of the account, or of the site the token is for. */
	eventsOf: 'account' | 'site';
	eventsOrder: 'newestFirst' | 'oldestFirst';
	/** Dates longer ago are refused; 0 for no such limit. */
	reachDays: number;
	/** The same for transaction dates. */
	transactionReachDays: number;
	/** Events on a page at most, however many are asked for; 0 for no such limit. */
	mostPerPage: number;
	/** No events, or a page past the last: an empty list, "No records found", also as 404. */
	noEventsAs: 'list' | 'message' | 'notFound';
	/** A list of events, or, where there is one only, that one alone. */
	eventsAs: 'list' | 'oneAlone';
	/** The name of the offer's id in events. */
	offerIdAs: 'offer_id' | 'offer';
	/** Whether events and hits say whether a line is locked. */
	lockStatus: 'untold' | 'told';
	/** A postback's URL as sent, or with its markup escaped, percent-encoded or a blank at its end. */
	urlStoredAs: 'sent' | 'entities' | 'percent' | 'blank';
	/** Characters of a postback's URL; 0 for no limit. */
	longestUrl: number;
	/** A longer URL is cut off, or refused. */
	longerUrl: 'cut' | 'refuse';
	/** How far the host's own clock, which its answers show, is behind. */
	secondsBehind: number;
	/** What a hit says for a field without a value: nothing, `null`, or the macro itself. */
	missingMacrosAs: 'empty' | 'null' | 'macro';
	/** A registered URL without any macro: called as it is, or with every field added. */
	bareUrlAs: 'asIs' | 'allFields';
}

type Choices = Omit<
	DeveloperSettings,
	| 'tokenSeconds'
	| 'requestsPerMinute'
	| 'reachDays'
	| 'transactionReachDays'
	| 'mostPerPage'
	| 'longestUrl'
	| 'secondsBehind'
	| 'entitled'
>;

/** The values of each setting, the default first. */
const CHOICES: { [Name in keyof Choices]: [Choices[Name], ...Array<Choices[Name]>] } = {
	tokenRefusalAs: ['kong', 'wso2', 'bare'],
	unauthorizedAs: ['empty', 'kong', 'wso2', 'fault'],
	rateLimitAs: ['text', 'json', 'wso2'],
	notEntitledAs: ['text', 'json'],
	postbackAs: ['list', 'object', 'bare'],
	isActiveAs: ['YN', 'boolean'],
	missingPostbackAs: ['message', 'notFound', 'emptyList'],
	existingPostback: ['refuse', 'replace'],
	idsAs: ['number', 'text', 'mixed'],
	isEventAs: ['YN', 'boolean'],
	offerIds: ['sometimes', 'always', 'never'],
	commissionsListAs: ['commissions_list_id', 'commission_list_id', 'never'],
	eventsOf: ['account', 'site'],
	eventsOrder: ['newestFirst', 'oldestFirst'],
	missingMacrosAs: ['empty', 'null', 'macro'],
	bareUrlAs: ['asIs', 'allFields'],
	noEventsAs: ['list', 'message', 'notFound'],
	eventsAs: ['list', 'oneAlone'],
	offerIdAs: ['offer_id', 'offer'],
	lockStatus: ['untold', 'told'],
	urlStoredAs: ['sent', 'entities', 'percent', 'blank'],
	longerUrl: ['cut', 'refuse'],
};

const NUMBERS = {
	tokenSeconds: 3600,
	requestsPerMinute: 0,
	reachDays: 30,
	transactionReachDays: 100,
	mostPerPage: 0,
	longestUrl: 0,
	secondsBehind: 0,
};

const ENTITLED = { postback: true, events: true };

/** A change of settings; of what the application is entitled to, a part is enough. */
export type DeveloperChange = Partial<Omit<DeveloperSettings, 'entitled'>> & {
	entitled?: Partial<DeveloperSettings['entitled']>;
};

export function defaultDeveloperSettings(): DeveloperSettings {
	const choices = Object.fromEntries(
		Object.entries(CHOICES).map(([name, values]) => [name, values[0]]),
	) as unknown as Choices;
	return { ...NUMBERS, entitled: { ...ENTITLED }, ...choices };
}

/**
 * Applies a change to the settings; throws naming the first wrong one, and changes nothing then.
 */
export function changeDeveloperSettings(settings: DeveloperSettings, change: unknown): void {
	if (typeof change !== 'object' || change === null) throw new Error('settings are an object');
	const given = Object.entries(change).filter(([, value]) => value !== undefined);
	for (const [name, value] of given) check(name, value);
	const { entitled, ...rest } = Object.fromEntries(given) as DeveloperChange;
	Object.assign(settings, rest);
	Object.assign(settings.entitled, entitled);
}

function check(name: string, value: unknown): void {
	if (name === 'entitled') return checkEntitled(value);
	if (Object.hasOwn(NUMBERS, name)) {
		const least = name === 'tokenSeconds' ? Number.MIN_VALUE : 0;
		if (typeof value === 'number' && value >= least) return;
		throw new Error(`setting "${name}" takes a number`);
	}
	const values: readonly unknown[] | undefined = Object.hasOwn(CHOICES, name)
		? CHOICES[name as keyof Choices]
		: undefined;
	if (!values) {
		const names = [...Object.keys(NUMBERS), 'entitled', ...Object.keys(CHOICES)];
		throw new Error(`no developer setting "${name}"; there are ${names.join(', ')}`);
	}
	if (!values.includes(value)) throw new Error(`setting "${name}" takes ${values.join(', ')}`);
}

function checkEntitled(value: unknown): void {
	const pairs = typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
	const fits = pairs?.every(
		([name, entitled]) => Object.hasOwn(ENTITLED, name) && typeof entitled === 'boolean',
	);
	if (!fits) throw new Error('setting "entitled" takes postback and events, true or false');
}
