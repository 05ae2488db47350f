import { Account, type AccountOptions, type LineFilter, type Selection } from './account.mts';
import { DamagedRows } from './damagedRows.mts';
import { checkedFault } from './faultCheck.mts';
import { FaultPlan, type PlacedFault } from './faults.mts';
import { addCorrection, fillInU1, restateCommission } from './laterChanges.mts';
import { Ledger, type LedgerTotals } from './ledger.mts';
import { Limiter, type Limit } from './limiter.mts';
import type { Line } from './lines.mts';
import { decimalText } from './money.mts';
import { Reports } from './reports.mts';
import { reportText } from './reportText.mts';
import type { ReportRequest } from './request.mts';
import { RequestLog } from './requestLog.mts';
import { checkedSettings, defaultSettings, type Settings } from './settings.mts';
import { fakeReportToken, sideOf, type Side } from './tokens.mts';
import { dayNumber } from './zones.mts';

export interface StateOptions extends AccountOptions, Limit {
	/** The account's report token; a made-up one by default. */
	token?: string;
	/** Further tokens of the same account, each with a limit of its own. */
	moreTokens: readonly string[];
}

/** A line as the control API shows it. */
export interface LineView {
	transactionId: string;
	orderId: string;
	advertiserId: number;
	network: number;
	currency: string;
	sku: string;
	sales: string;
	commission: string;
	u1: string;
	transactionTime: string;
	processTime: string;
}

/** Everything a running sandbox knows; the host answers from it, the control API changes it. */
export class SandboxState {
	readonly account: Account;
	readonly damaged = new DamagedRows();
	readonly ledger: Ledger;
	readonly faults = new FaultPlan();
	readonly limiter: Limiter;
	readonly reports = new Reports();
	readonly settings: Settings = defaultSettings();
	readonly log: RequestLog;
	readonly token: string;
	readonly advertiserToken = fakeReportToken('advertiser');
	readonly #sides = new Map<string, Side>();

	constructor(options: StateOptions) {
		this.account = new Account(options);
		this.ledger = new Ledger(this.account, this.damaged);
		this.limiter = new Limiter(options);
		this.token = options.token ?? fakeReportToken('publisher');
		for (const token of [this.token, this.advertiserToken, ...options.moreTokens]) {
			this.#sides.set(token, sideOf(token));
		}
		this.log = new RequestLog([...this.#sides.keys()]);
	}

	/** The side a token speaks for, or undefined when it is none of this account's. */
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

	/** Takes one fault out, or all; damaged rows are whole again. */
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

	addCorrection(filter: LineFilter, share?: number, processedOn?: string): LineView[] {
		return this.#views(addCorrection(this.account, filter, share, processedOn));
	}

	#views(lines: readonly Line[]): LineView[] {
		return lines.map((line) => this.#view(line));
	}

	#view(line: Line): LineView {
		const { currency, mid, network } = line.advertiser;
		return {
			transactionId: line.transactionId,
			orderId: line.orderId,
			advertiserId: mid,
			network: network.id,
			currency,
			sku: line.sku,
			sales: decimalText(line.sales, currency),
			commission: decimalText(line.commission, currency),
			u1: this.account.u1Of(line),
			transactionTime: new Date(line.transactionAt * 1000).toISOString(),
			processTime: new Date(line.processAt * 1000).toISOString(),
		};
	}
}
