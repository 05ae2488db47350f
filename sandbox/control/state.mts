import {
	Account,
	type AccountOptions,
	type LineFilter,
	type Selection,
} from '../account/account.mts';
import { makeSales, type NewSales } from '../account/addedSales.mts';
import { DamagedRows } from '../account/damagedRows.mts';
import { addCorrection, fillInU1, restateCommission } from '../account/laterChanges.mts';
import { Ledger, type LedgerTotals } from '../account/ledger.mts';
import type { FeedLine, Line } from '../account/lines.mts';
import { lineView, type LineView } from '../account/lineView.mts';
import { dayNumber } from '../account/zones.mts';
import { Developer, type DeveloperOptions } from '../developer/developer.mts';
import type { EventRecord } from '../developer/eventFeed.mts';
import { PostbackSender } from '../developer/postbackSender.mts';
import { checkedFault } from '../faults/faultCheck.mts';
import { FaultPlan, type PlacedFault } from '../faults/faults.mts';
import { Limiter, type Limit } from '../host/limiter.mts';
import { RequestLog } from '../host/requestLog.mts';
import { fakeReportToken, sideOf, type Side } from '../host/tokens.mts';
import { Reports } from '../reporting/reports.mts';
import { reportText } from '../reporting/reportText.mts';
import type { ReportRequest } from '../reporting/request.mts';
import { checkedSettings, defaultSettings, type Settings } from '../reporting/settings.mts';

export interface StateOptions extends AccountOptions, Limit {
	/** The account's report token; a made-up one by default. */
	token?: string;
	/** Further tokens of the same account, each with a limit of its own. */
	moreTokens: readonly string[];
	developer: DeveloperOptions;
}

/** Everything a running sandbox knows; the host answers from it, the control API changes it. */
export class SandboxState {
	readonly account: Account;
	readonly damaged = new DamagedRows();
	readonly ledger: Ledger;
	readonly faults = new FaultPlan();
	readonly limiter: Limiter;
	readonly developer: Developer;
	readonly sender: PostbackSender;
	readonly reports = new Reports();
	readonly settings: Settings = defaultSettings();
	readonly log: RequestLog;
	readonly token: string;
	readonly advertiserToken = fakeReportToken('advertiser');
	readonly #sides = new Map<string, Side>();
	#salesAdded = 0;

	constructor(options: StateOptions) {
		this.account = new Account(options);
		this.ledger = new Ledger(this.account, this.damaged);
		this.limiter = new Limiter(options);
		this.developer = new Developer(this.account, options.speedUp, options.developer);
		this.sender = new PostbackSender(this.developer);
		this.token = options.token ?? fakeReportToken('publisher');
		for (const token of [this.token, this.advertiserToken, ...options.moreTokens]) {
			this.#sides.set(token, sideOf(token));
		}
		this.log = new RequestLog([...this.#sides.keys(), ...this.developer.secrets]);
	}

	/** The side a token speaks for, or undefined when it is not one of this account's. */
	sideOf(token: string): Side | undefined {
		return this.#sides.get(token);
	}

	/** Adds a fault from code or from outside; throws when it is not understood. */
	addFault(given: unknown): PlacedFault {
		const fault = checkedFault(given);
		const placed = this.faults.add(fault);
		if (fault.kind === 'damagedRow') {
			placed.hits = this.damaged.damage(this.account, placed.id, fault);
		}
		return placed;
	}

	/** Removes one fault, or all; damaged rows are whole again. */
	clearFaults(id?: number): void {
		this.faults.clear(id);
		this.damaged.repair(id);
	}

	changeSettings(change: unknown): Settings {
		return Object.assign(this.settings, checkedSettings(change));
	}

	/**
	 * The ledger's totals; see Ledger. By default for everything the account has, by transaction
	 * date in GMT.
	 */
	totals(selection: Partial<Selection> = {}): LedgerTotals {
		return this.ledger.totals({ from: '1970-01-01', to: this.account.today, ...selection });
	}

	/** Rows a report has for a selection, those of aggregate reports included. */
	reportRows(key: string, selection: Partial<Selection> = {}): number {
		const report = this.reports.get(key);
		if (!report) throw new Error(`no report "${key}"`);
		const { from, to, dateType, zone, networks } = this.totals(selection);
		const asked: ReportRequest = {
			language: 'en',
			selection: { from, to, dateType, zone, networks },
			days: dayNumber(to)! - dayNumber(from)! + 1,
			summary: false,
			dateSeparator: '/',
		};
		const side = report.side === 'advertiser' ? 'advertiser' : 'publisher';
		return reportText(this.account, this.damaged, report, asked, side, this.settings).rows;
	}

	/** Lines that fit a filter, newest first. */
	lines(filter: LineFilter): LineView[] {
		return this.#views(this.account.find(filter));
	}

	restateCommission(filter: LineFilter, change: { percent?: number; amount?: string }) {
		return this.#views(restateCommission(this.account, filter, change));
	}

	fillInU1(filter: LineFilter, value?: string): LineView[] {
		return this.#views(fillInU1(this.account, filter, value));
	}

	addCorrection(filter: LineFilter, share?: number, processed?: string): EventRecord[] {
		const added = addCorrection(this.account, filter, share, processed);
		return this.#told(added.map((line) => ({ line, isEvent: false })));
	}

	/** New lines that reports, events and the postback all know; events come before their lines. */
	addSales(given: NewSales = {}): EventRecord[] {
		const made = makeSales(this.account, given, this.#salesAdded + 1);
		const lines = made.filter(({ isEvent }) => !isEvent).map(({ line }) => line);
		this.#salesAdded += lines.length;
		this.account.add(lines);
		return this.#told(made);
	}

	/** Every record of the Events API, oldest process date first. */
	eventRecords(): EventRecord[] {
		const { feed } = this.developer;
		return feed.lines().map((feedLine) => feed.recordOf(feedLine));
	}

	#told(added: readonly FeedLine[]): EventRecord[] {
		const { feed } = this.developer;
		feed.add(added);
		return added.map((feedLine) => feed.recordOf(feedLine));
	}

	#views(lines: readonly Line[]): LineView[] {
		return lines.map((line) => lineView(line, this.account.u1Of(line)));
	}
}
