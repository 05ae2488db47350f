import type { ConflictPolicy } from '../../../rakuten/postback/conflict';
import type { Postback } from '../../../rakuten/postback/ownUrl';
import { Registration } from '../../../rakuten/postback/Registration';
import type { Kept } from '../../../rakuten/postback/Registration';
import { RakutenProblem } from '../../../rakuten/problem';

export const siteId = '3771737';
export const n8nUrl = 'https://n8n.example.com/webhook/';
export const address = `${n8nUrl}5c9f3d0e-1111-4222-8333-944455556666/postback`;

export type Call = 'read' | 'write' | 'remove';

type Level = 'debug' | 'info' | 'warn' | 'error';

/** What happens to one call: nothing, no answer though carried out, no answer, or a refusal. */
export type Fault = { readonly at: Call; readonly is: 'fine' | 'cut' | 'down' | 'refused' };

export const down = new RakutenProblem('unreachable', 'Rakuten could not be reached', 'Try later.');
const refused = new RakutenProblem('badRequest', 'Rakuten refused the request', 'Look at the URL.');

/**
 * A site at Rakuten and an n8n that has a trigger for it: what is registered, what n8n has saved and
 * what it has in memory, and a log. Calls can be made to go wrong one by one.
 */
export class Site {
	registered: Postback | undefined;
	/** As in n8n's database. */
	saved: Kept = {};
	/** As in the workflow that n8n works with, until it is saved. */
	memory: Kept = {};
	faults: Fault[] = [];
	/** Longer URLs are cut off, as a column of a database does. */
	longest = Number.POSITIVE_INFINITY;
	readonly log: Array<{ level: Level; text: string }> = [];
	readonly calls: Call[] = [];
	readonly pauses: number[] = [];
	address = address;
	siteId = siteId;
	policy: ConflictPolicy = 'replaceAndRestore';
	allowNonPublicAddress = false;
	private keys = 0;

	registration(): Registration {
		return new Registration(
			{
				siteId: this.siteId,
				address: this.address,
				n8nUrl: this.address.slice(0, this.address.indexOf('/webhook/') + '/webhook/'.length),
				policy: this.policy,
				allowNonPublicAddress: this.allowNonPublicAddress,
			},
			{
				read: async () => await this.call('read', () => this.registered),
				write: async (postback) =>
					await this.call('write', () => {
						this.registered = { ...postback, url: postback.url.slice(0, this.longest) };
					}),
				remove: async () =>
					await this.call('remove', () => {
						this.registered = undefined;
					}),
				kept: () => this.memory,
				keep: (kept) => {
					this.memory = JSON.parse(JSON.stringify(kept)) as Kept;
				},
				newKey: () => `key-${++this.keys}`.padEnd(43, 'x'),
				pause: async (seconds) => {
					this.pauses.push(seconds);
				},
				log: {
					debug: (text) => this.log.push({ level: 'debug', text }),
					info: (text) => this.log.push({ level: 'info', text }),
					warn: (text) => this.log.push({ level: 'warn', text }),
					error: (text) => this.log.push({ level: 'error', text }),
				},
			},
		);
	}

	/** What n8n does when a workflow is activated: for GET and for POST. */
	async activate(): Promise<void> {
		for (const _method of ['GET', 'POST']) {
			if (!(await this.registration().isInForce())) await this.registration().register();
		}
		this.saved = this.memory;
	}

	/** What it does when the workflow is deactivated. */
	async deactivate(): Promise<void> {
		for (const _method of ['GET', 'POST']) await this.registration().unregister();
		this.saved = this.memory;
	}

	/** The process ends, and what was not saved is gone. */
	crash(): void {
		this.memory = this.saved;
	}

	logged(level?: Level): string {
		return this.log
			.filter((each) => level === undefined || each.level === level)
			.map(({ text }) => text)
			.join('\n');
	}

	private async call<T>(call: Call, carryOut: () => T): Promise<T> {
		this.calls.push(call);
		const at = this.faults.findIndex((fault) => fault.at === call);
		const [fault] = at < 0 ? [] : this.faults.splice(at, 1);
		if (fault?.is === 'refused') throw refused;
		if (fault?.is === 'down') throw down;
		const result = carryOut();
		if (fault?.is === 'cut') throw down;
		return result;
	}
}
