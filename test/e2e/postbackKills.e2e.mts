import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventRecord } from '../../sandbox/developer/eventFeed.mts';
import { Random } from '../../sandbox/account/random.mts';
import { say } from '../../scripts/host/progress.mts';
import { assertAllArrived } from './support/arrivals.mts';
import { countBy } from '../../scripts/start/countBy.mts';
import { pollerWorkflow } from './support/pollerWorkflow.mts';
import { postbackWorkflow } from './support/postbackWorkflow.mts';
import { theRealtimeHouse } from './support/realtime.mts';
import { SHORT_LEASE } from './support/shortLease.mts';
import { EVENT_COLUMNS, upsertNode } from './support/storeNodes.mts';
import { until } from './support/until.mts';

const SEED = 20261121;

/**
 * n8n itself answers any address with 200 and these words for a moment of its start, when no
 * workflow can be reached yet.
 */
const N8N_IS_STARTING = 'n8n is starting up. Please wait';

/** How a postback was answered; without a status if the connection ended first. */
interface Answer {
	transactionId: string;
	status: number | undefined;
	body: string;
}

/** Calls the registered URL for a line as Rakuten would, and reads the answer whole. */
async function send(registered: string, line: EventRecord): Promise<Answer> {
	const { transactionId, advertiserId, orderId, sales, commission, currency, u1 } = line;
	const values: Record<string, string> = {
		etransaction_id: transactionId,
		advertiser_id: String(advertiserId),
		order_id: orderId,
		sale_amount: sales,
		commissions: commission,
		currency,
		u1,
		is_event: 'N',
	};
	const url = registered.replace(/<(\w+)>/g, (_, name: string) =>
		encodeURIComponent(values[name] ?? ''),
	);
	try {
		const answer = await fetch(url, { signal: AbortSignal.timeout(30_000) });
		return { transactionId, status: answer.status, body: await answer.text() };
	} catch {
		return { transactionId, status: undefined, body: '' };
	}
}

describe('Postbacks while n8n is killed again and again', () => {
	const KILLS = 5;
	const PER_SECOND = 4;
	const AT_ONCE = 4;
	const random = new Random(SEED, 'stream');
	const records: EventRecord[] = [];
	const answers: Answer[] = [];
	/** Answered with 200 by the trigger, which says nothing more after the last node. */
	const taken = () => answers.filter(({ status, body }) => status === 200 && body === '');

	before(async () => {
		const { client, credential } = await theRealtimeHouse();
		await client.dataTables.create('killed_postbacks', EVENT_COLUMNS);
		await client.dataTables.create('caught_up', EVENT_COLUMNS);
		await client.workflows.save(
			postbackWorkflow({
				id: 'kills',
				credential,
				parameters: { responseMode: 'lastNode' },
				behind: [upsertNode('killed_postbacks')],
			}),
		);
		await client.workflows.save(pollerWorkflow('catch-up', credential, 'caught_up'));
		await client.workflows.publish('kills');
		await client.workflows.publish('catch-up');
	});

	after(async () => {
		const { client } = await theRealtimeHouse();
		await client.workflows.unpublish('kills');
		await client.workflows.unpublish('catch-up');
	});

	it(`go on through ${KILLS} kills at seeded moments`, async () => {
		let isOver = false;
		const stream = sendUntil(() => isOver);
		for (let kill = 1; kill <= KILLS; kill++) {
			const house = await theRealtimeHouse();
			const stored = await house.client.dataTables.count('killed_postbacks');
			await until(
				'postbacks are stored again',
				async () => (await house.client.dataTables.count('killed_postbacks')) > stored,
			);
			await sleep(random.whole(0, 1_500));
			await house.n8n.kill9();
			await house.startAgain(SHORT_LEASE);
		}
		isOver = true;
		await stream;
		const unanswered = answers.filter(({ status }) => status === undefined);
		const kinds = countBy(answers, ({ status, body }) => `${status ?? 'no answer'} ${body}`.trim());
		say(`  ${answers.length} sent, ${taken().length} of them taken: ${JSON.stringify(kinds)}`);
		assert.ok(unanswered.length > 3 * KILLS, 'hardly anything was lost on the way');
	});

	it('are all stored if they were answered with 200', async () => {
		const { client } = await theRealtimeHouse();
		const rows = await client.dataTables.rows('killed_postbacks');
		const stored = new Set(rows.map(({ lineId }) => lineId));
		assert.equal(stored.size, rows.length, 'a line is there twice');
		assert.ok(taken().length > 3 * KILLS);
		assert.deepEqual(
			taken().filter(({ transactionId }) => !stored.has(transactionId)),
			[],
		);
		const others = answers.filter(({ status, body }) => status === 200 && body !== '');
		assert.deepEqual(
			others.filter(({ body }) => body !== N8N_IS_STARTING),
			[],
		);
		assert.ok(stored.size < records.length, 'nothing was missed, so nothing is to be filled in');
	});

	it('are filled in by the polling trigger if they were refused', async () => {
		await assertAllArrived('catch-up', 'caught_up', records);
	});

	/** One sale at a time, sent at once whether or not anybody listens, never many at a time. */
	async function sendUntil(isOver: () => boolean): Promise<void> {
		const { sandbox } = await theRealtimeHouse();
		const underWay = new Set<Promise<unknown>>();
		while (!isOver()) {
			const [sold] = sandbox.addSales({ count: 1 });
			records.push(sold!);
			const sending = send(sandbox.developer.postback()!.url, sold!).then((answer) => {
				answers.push(answer);
				underWay.delete(sending);
			});
			underWay.add(sending);
			await sleep(1000 / PER_SECOND);
			if (underWay.size >= AT_ONCE) await Promise.race(underWay);
		}
		await Promise.all(underWay);
	}
});
