import type { LineFilter, Selection } from './account/account.mts';
import type { NewSales } from './account/addedSales.mts';
import type { LedgerTotals } from './account/ledger.mts';
import type { LineView } from './account/lineView.mts';
import type { DeveloperOptions } from './developer/developer.mts';
import type { DeveloperChange, DeveloperSettings } from './developer/developerSettings.mts';
import type { EventRecord } from './developer/eventFeed.mts';
import type {
	AttemptFilter,
	AttemptTotals,
	PostbackAttempt,
} from './developer/postbackAttempts.mts';
import type { SendOptions } from './developer/postbackSender.mts';
import type { RegisteredPostback } from './developer/registeredPostback.mts';
import type { TokenRequest } from './developer/tokenRequest.mts';
import type { Fault, PlacedFault } from './faults/faults.mts';
import type { RequestEntry } from './host/requestLog.mts';
import type { ReportDefinition } from './reporting/reports.mts';
import type { Settings } from './reporting/settings.mts';

export interface SandboxOptions {
	/** 0 (the default) takes a free one. */
	port?: number;
	host?: '127.0.0.1';
	seed?: number;
	/**
	 * `YYYY-MM-DD`; today in GMT by default. The host's clock is fixed at noon GMT of this day, or at
	 * the start where that is earlier on the real day.
	 */
	today?: string;
	/** The publisher's report token; made up, with 64 zeros in it, by default. */
	token?: string;
	/** Further tokens that are accepted, each with a limit of its own. */
	moreTokens?: readonly string[];
	/** Enforced with 429; 5 as documented by default, 0 for no limit. */
	requestsPerMinute?: number;
	/** How much faster the limiters' clock runs; 1 by default. */
	speedUp?: number;
	/** Months of data before today, 13 by default. */
	months?: number;
	/** Multiplies the number of orders; 1 makes about 4,000 lines in 12 months. */
	scale?: number;
	/** Ids of the networks with data; 1, 3, 5, 7, 9 and 41 by default. */
	networks?: readonly number[];
	/** Gives one advertiser of every network a currency other than its network's. */
	mixedCurrencies?: boolean;
	/** The application at the developer portal, and how the API host answers it. */
	developer?: DeveloperOptions;
	faults?: readonly Fault[];
	settings?: Partial<Settings>;
}

/** A running sandbox. */
export interface Sandbox {
	/**
	 * The base URL that stands for `https://ran-reporting.rakutenmarketing.com` and for
	 * `https://api.linksynergy.com`, no slash at its end.
	 */
	url: string;
	/** The publisher's report token, not percent-encoded. */
	token: string;
	advertiserToken: string;
	/** Where another process can drive it, with a slash at its end. */
	controlUrl: string;
	/** How the limit differs from the documented one, in words. */
	limit: string;
	today(): string;
	/** What the dashboard's Get API window would show. */
	getApiUrl(reportKey?: string, networks?: readonly number[]): string;
	ledger: {
		totals(selection?: Partial<Selection>): LedgerTotals;
		/** Rows a report has for a selection, aggregate reports included. */
		reportRows(reportKey: string, selection?: Partial<Selection>): number;
	};
	requests(): RequestEntry[];
	clearRequests(): void;
	addFault(fault: Fault): PlacedFault;
	/** Faults in place with how often they matched and hit. */
	faults(): PlacedFault[];
	clearFaults(id?: number): void;
	changeSettings(change: Partial<Settings>): Settings;
	saveReport(report: Partial<ReportDefinition> & Pick<ReportDefinition, 'key' | 'columns'>): void;
	advanceTo(today: string): void;
	lines(filter?: LineFilter): LineView[];
	restateCommission(filter: LineFilter, change: { percent?: number; amount?: string }): LineView[];
	fillInU1(filter?: LineFilter, value?: string): LineView[];
	/** @param processed a day, or an instant (ISO); now by the account's clock by default */
	addCorrection(filter?: LineFilter, share?: number, processed?: string): EventRecord[];
	/** New lines; each event comes right before its transaction. */
	addSales(sales?: NewSales): EventRecord[];
	/** Everything the Events API knows, oldest process date first. */
	eventRecords(): EventRecord[];
	developer: SandboxDeveloper;
	postbackSender: SandboxPostbackSender;
	close(): Promise<void>;
}

/** The application at the developer portal. */
export interface SandboxDeveloper {
	clientId: string;
	clientSecret: string;
	siteId: string;
	tokenRequests(): TokenRequest[];
	/** The token in force ends now, as by the clock. */
	expireToken(): void;
	settings(): DeveloperSettings;
	change(settings: DeveloperChange): DeveloperSettings;
	/** What is registered, whole. */
	postback(): RegisteredPostback | undefined;
	/** As another tool would have registered (or deleted) it. */
	setPostback(postback: RegisteredPostback | undefined): void;
}

/** What calls the registered URL. */
export interface SandboxPostbackSender {
	send(options?: SendOptions): Promise<PostbackAttempt[]>;
	/** Every hit so far, in the order they were sent. */
	attempts(): PostbackAttempt[];
	totals(filter?: AttemptFilter): AttemptTotals;
	clearAttempts(): void;
}
