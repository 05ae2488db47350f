import type { Account } from '../account/account.mts';
import type { FeedLine, Line } from '../account/lines.mts';
import { lineView, type LineView } from '../account/lineView.mts';
import type { DeveloperSettings } from './developerSettings.mts';
import { eventFieldsOf, type EventFields } from './eventFields.mts';

/** A record as code and the control API see it; `u1` shows at once, unlike in reports. */
export interface EventRecord extends LineView {
	siteId: string;
	/** Null if the events have none. */
	offerId: string | null;
	productName: string;
	quantity: number;
	transactionType: 'realtime' | 'batch';
	isEvent: boolean;
	commissionsListId: string | null;
}

/** Everything the Events API and the postback know: the account's lines and the events before them. */
export class EventFeed {
	readonly #account: Account;
	readonly #siteId: string;
	readonly #settings: DeveloperSettings;
	#events: Line[] = [];
	/** Lines added by hand, in their order; the others come before them. */
	#places = new Map<Line, number>();

	constructor(account: Account, siteId: string, settings: DeveloperSettings) {
		this.#account = account;
		this.#siteId = siteId;
		this.#settings = settings;
	}

	/** Takes in what is added by hand, in the order it happened; the account has to know the lines. */
	add(feedLines: readonly FeedLine[]): void {
		for (const { line, isEvent } of feedLines) {
			this.#places.set(line, this.#places.size + 1);
			if (isEvent) this.#events.push(line);
		}
	}

	/** Oldest process date first; of one second, in the order they happened. */
	lines(): FeedLine[] {
		const all: FeedLine[] = [
			...this.#events.map((line) => ({ line, isEvent: true })),
			...this.#account.recorded.map((line) => ({ line, isEvent: false })),
		];
		const place = ({ line }: FeedLine) => this.#places.get(line) ?? 0;
		return all.sort((a, b) => a.line.processAt - b.line.processAt || place(a) - place(b));
	}

	/** What a line contains, by the names of the API. */
	fieldsOf(feedLine: FeedLine): EventFields {
		return eventFieldsOf(feedLine, this.#siteId, this.#settings);
	}

	recordOf(feedLine: FeedLine): EventRecord {
		const fields = this.fieldsOf(feedLine);
		return {
			...lineView(feedLine.line, feedLine.line.u1),
			siteId: String(fields.sid),
			offerId: fields.offer_id === undefined ? null : String(fields.offer_id),
			productName: fields.product_name,
			quantity: fields.quantity,
			transactionType: fields.transaction_type,
			isEvent: fields.is_event,
			commissionsListId: fields.commissions_list_id ?? null,
		};
	}
}
