import { setTimeout as delay } from 'node:timers/promises';
import type { FeedLine } from '../account/lines.mts';
import type { Developer } from './developer.mts';
import type { EventRecord } from './eventFeed.mts';
import { HitClient } from './hitClient.mts';
import { hitValuesOf } from './hitValues.mts';
import { PostbackAttempts, type PostbackAttempt } from './postbackAttempts.mts';
import { hitOf, type Hit, type HitStyle } from './postbackHit.mts';
import { sendingPlan, type PlannedHit, type SendingOrder } from './sendingPlan.mts';

export interface SendOptions extends Partial<HitStyle>, SendingOrder {
	/** By default every line since the start of the sandbox that was not sent yet. */
	records?: ReadonlyArray<Pick<EventRecord, 'transactionId'>>;
	/** The registered one by default. */
	url?: string;
	/** Starts per second; as fast as the answers come by default. */
	perSecond?: number;
	/** Hits under way at once, and connections at most; 10 by default. */
	concurrency?: number;
	/** Until the answer has come whole; 10,000 by default. */
	timeoutMs?: number;
}

/** Calls the registered URL for each line, as Rakuten does, and keeps a record of the answers. */
export class PostbackSender {
	readonly record = new PostbackAttempts();
	readonly #developer: Developer;
	readonly #closing = new AbortController();
	/** Lines that were there before the sandbox ran, and those sent. */
	#done: Set<string>;
	#number = 0;

	constructor(developer: Developer) {
		this.#developer = developer;
		this.#done = new Set(developer.feed.lines().map(({ line }) => line.transactionId));
	}

	/**
	 * Sends, and resolves when every hit has its answer or its failure. Without a postback, or with
	 * an inactive one, nothing is sent: the attempts say so, are not kept, and the lines stay unsent.
	 */
	async send(options: SendOptions = {}): Promise<PostbackAttempt[]> {
		const lines = this.#linesOf(options.records);
		const { registered } = this.#developer;
		const url = options.url ?? registered?.url;
		if (url === undefined) return lines.map((line) => unsent(line, 'no postback is registered'));
		if (options.url === undefined && !registered!.isActive) {
			return lines.map((line) => unsent(line, 'the postback is inactive'));
		}
		for (const { line } of lines) this.#done.add(line.transactionId);
		return await this.#sendAll(sendingPlan(lines, options), url, options);
	}

	close(): void {
		this.#closing.abort();
	}

	#linesOf(records: SendOptions['records']): FeedLine[] {
		const all = this.#developer.feed.lines();
		if (!records) {
			return all.filter(({ line }) => !line.secondSite && !this.#done.has(line.transactionId));
		}
		const byId = new Map(all.map((feedLine) => [feedLine.line.transactionId, feedLine]));
		return records.map(({ transactionId }) => {
			const found = byId.get(transactionId);
			if (!found) throw new Error(`no line "${transactionId}"`);
			return found;
		});
	}

	async #sendAll(
		plan: ReadonlyArray<PlannedHit<FeedLine>>,
		url: string,
		options: SendOptions,
	): Promise<PostbackAttempt[]> {
		const { perSecond, concurrency = 10, timeoutMs = 10_000 } = options;
		const client = new HitClient(Math.max(1, concurrency), timeoutMs, this.#closing.signal);
		const started = performance.now();
		const attempts: PostbackAttempt[] = [];
		let next = 0;
		const work = async () => {
			while (next < plan.length && !this.#closing.signal.aborted) {
				const place = next++;
				if (perSecond) await this.#wait(started + (place * 1000) / perSecond);
				attempts.push(await this.#sendOne(client, plan[place]!, url, options));
			}
		};
		await Promise.all(Array.from({ length: Math.max(1, concurrency) }, work));
		client.close();
		return attempts.sort((a, b) => a.number - b.number);
	}

	async #sendOne(
		client: HitClient,
		{ of, repeat }: PlannedHit<FeedLine>,
		url: string,
		options: SendOptions,
	): Promise<PostbackAttempt> {
		const number = ++this.#number;
		const startedAt = new Date().toISOString();
		const started = performance.now();
		// The amounts may change before the answer comes.
		const line = { ...of.line };
		const hit = this.#hitOf(of, url, options);
		const outcome =
			typeof hit === 'string' ? { status: undefined, failure: hit } : await client.send(hit);
		const attempt: PostbackAttempt = {
			number,
			transactionId: line.transactionId,
			isEvent: of.isEvent,
			repeat,
			...outcome,
			startedAt,
			ms: Math.round(performance.now() - started),
		};
		this.record.add(attempt, line);
		return attempt;
	}

	/** @returns the request, or why it can't be made */
	#hitOf(feedLine: FeedLine, url: string, options: SendOptions): Hit | string {
		const { feed, settings } = this.#developer;
		const { macros = 'encoded', method = 'GET', origin } = options;
		try {
			const values = hitValuesOf(feed.fieldsOf(feedLine));
			return hitOf(url, values, { macros, method, origin }, settings);
		} catch {
			// The reason why a URL is wrong is not shown: the message may contain the URL.
			return 'not sent: not a URL that can be called';
		}
	}

	async #wait(until: number): Promise<void> {
		const { signal } = this.#closing;
		await delay(Math.max(0, until - performance.now()), undefined, { signal }).catch(() => {});
	}
}

function unsent({ line, isEvent }: FeedLine, reason: string): PostbackAttempt {
	return {
		number: 0,
		transactionId: line.transactionId,
		isEvent,
		repeat: false,
		status: undefined,
		failure: `not sent: ${reason}`,
		startedAt: new Date().toISOString(),
		ms: 0,
	};
}
