import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { EventRecord } from '../../sandbox/developer/eventFeed.mts';
import type { DataTableRow } from '../../scripts/host/api/dataTables.mts';
import type { WorkflowNode } from '../../scripts/host/api/workflows.mts';
import { exactText } from '../../scripts/start/exactSum.mts';
import type { SampleWorkflow } from '../../scripts/start/sampleWorkflows.mts';
import { theRealtimeHouse } from './support/realtime.mts';
import { saveSample, withNode } from './support/realtimeSamples.mts';
import { startReceiver, type Receiver } from './support/receiver.mts';
import { until } from './support/until.mts';

const FORWARDS = 'rakuten_forwards';
const NOTICES = 'rakuten_notices';

/** Minutes before the second try, the third and so on; the last is for a fifth that was cut off. */
const WAITS = '[5, 60, 360, 960, 15]';

describe('Forward conversions', () => {
	let eventLog: SampleWorkflow;
	let receiver: Receiver;

	before(async () => {
		const house = await theRealtimeHouse();
		await house.client.dataTables.delete(FORWARDS);
		await house.client.dataTables.delete('rakuten_event_log');
		receiver = await startReceiver();
		eventLog = await saveSample(house, '06');
		await house.client.workflows.publish(eventLog.id);
	});

	after(async () => {
		const { client } = await theRealtimeHouse();
		await client.workflows.unpublish(eventLog.id);
	});

	it('says what is missing while it has no address', async () => {
		const house = await theRealtimeHouse();
		const { id } = await saveSample(house, '09');
		const execution = await house.client.executions.run(id, { trigger: 'Forward now' });
		assert.equal(execution.status, 'error');
		assert.match(execution.error!.message, /'Settings'.*'address'/);
	});

	it('sends each accepted conversion and correction once, with its ID twice', async () => {
		const { sandbox } = await theRealtimeHouse();
		const sales = sandbox.addSales({ count: 5 });
		const corrections = sandbox.addCorrection({ transactionId: sales[0]!.transactionId });
		const [early, transaction] = sandbox.addSales({ eventPairs: true });
		const untagged = sandbox.addSales({ u1: '' });
		const records = [...sales, ...corrections, early!, transaction!, ...untagged];
		await sandbox.postbackSender.send({ records, repeatShare: 0.5 });
		await forward();
		await forward();

		const wanted = [...sales, ...corrections, transaction!];
		assert.deepEqual(idsReceived(), ids(wanted));
		for (const record of wanted) {
			const { headers, body } = requestsFor(record)[0]!;
			assert.equal(headers['idempotency-key'], record.transactionId);
			assert.equal(headers['content-type'], 'application/json');
			assert.equal(body.id, record.transactionId);
			assert.equal(body.type, corrections.includes(record) ? 'correction' : 'conversion');
			assert.equal(body.clickId, record.u1);
			assert.equal(body.orderId, record.orderId);
			assert.equal(body.currency, record.currency);
			assert.equal(exactText(String(body.value)), exactText(record.commission));
			assert.equal(exactText(String(body.saleAmount)), exactText(record.sales));
		}
		const rows = await forwardsOf(wanted);
		assert.ok(rows.every(({ status, tries }) => status === 'sent' && tries === 1));
	});

	it('tries again after five minutes, then at growing intervals within a day', async () => {
		const { sandbox } = await theRealtimeHouse();
		const [record] = sandbox.addSales();
		receiver.answer = () => 503;
		await sandbox.postbackSender.send({ records: [record!] });
		await forward();
		await forward();
		assert.equal(requestsFor(record!).length, 1);
		const [row] = await forwardsOf([record!]);
		assert.equal(row!.status, 'waiting');
		assert.match(String(row!.reason), /^Try 1: Answered 503 .*: not now$/);
		const wait = (Date.parse(String(row!.nextTryAt)) - Date.now()) / 60_000;
		assert.ok(wait > 3.5 && wait <= 5, `${wait} minutes`);

		const waits = (JSON.parse(WAITS) as number[]).slice(0, 4);
		assert.deepEqual(
			[...waits].sort((a, b) => a - b),
			waits,
		);
		const inAll = waits.reduce((sum, minutes) => sum + minutes, 0);
		assert.ok(inAll > 20 * 60 && inAll <= 24 * 60, `${inAll} minutes`);
	});

	it('stores the reason, gives up after five tries with a notice, and never resends what was accepted', async () => {
		const { client, sandbox } = await theRealtimeHouse();
		await client.dataTables.delete(FORWARDS);
		await client.dataTables.delete(NOTICES);
		const [refused, cut, flaky, fine] = sandbox.addSales({ count: 4 });
		receiver.answer = ({ body }) => {
			const number = receiver.received.filter((each) => each.body.id === body.id).length;
			if (body.id === refused!.transactionId) return 404;
			if (body.id === cut!.transactionId) return 0;
			if (body.id === flaky!.transactionId) return number < 3 ? 500 : 202;
			return 200;
		};
		await sandbox.postbackSender.send({ records: [refused!, cut!, flaky!, fine!] });
		for (let run = 0; run < 7; run++) await forward({ waits: '[0, 0, 0, 0, 0]' });

		const counts = [refused!, cut!, flaky!, fine!].map((record) => requestsFor(record).length);
		assert.deepEqual(counts, [5, 5, 3, 1]);
		const rows = await forwardsOf([refused!, cut!, flaky!, fine!]);
		assert.deepEqual(
			rows.map(({ status, tries }) => [status, tries]),
			[
				['givenUp', 5],
				['givenUp', 5],
				['sent', 3],
				['sent', 1],
			],
		);
		assert.match(String(rows[0]!.reason), /^Try 5: Answered 404 Not Found: not now$/);
		assert.match(String(rows[1]!.reason), /^Try 5: No answer: ./);
		assert.match(String(rows[2]!.reason), /^Try 3: Answered 202/);
		const notices = await client.dataTables.rows(NOTICES);
		assert.equal(notices.length, 2);
		for (const record of [refused!, cut!]) {
			assert.ok(notices.some(({ message }) => String(message).includes(record.transactionId)));
		}
	});

	it('sends nothing twice when two runs meet', async () => {
		const { client, sandbox } = await theRealtimeHouse();
		const records = sandbox.addSales({ count: 8 });
		receiver.answer = async () => {
			await new Promise((resolve) => setTimeout(resolve, 100));
			return 200;
		};
		await sandbox.postbackSender.send({ records });
		const { id } = await save({});
		const options = { trigger: 'Forward now' };
		const runs = await Promise.all([1, 2, 3].map(() => client.executions.run(id, options)));
		for (const run of runs) run.assertSucceeded();
		assert.deepEqual(
			records.map((record) => requestsFor(record).length),
			records.map(() => 1),
		);
		const rows = await forwardsOf(records);
		assert.equal(rows.length, records.length);
		assert.ok(rows.every(({ status }) => status === 'sent'));
	});

	it('loses nothing when n8n is killed while it sends', async () => {
		const house = await theRealtimeHouse();
		const records = house.sandbox.addSales({ count: 5 });
		await house.sandbox.postbackSender.send({ records });
		let isKilled = false;
		const before = receiver.received.length;
		receiver.answer = async () => {
			if (isKilled || receiver.received.length < before + 3) return 200;
			// This one is never answered.
			return await new Promise<number>(() => {});
		};
		const { id } = await save({ waits: '[0, 0, 0, 0, 0]' });
		await house.client.executions.start(id, { trigger: 'Forward now' });
		await until('the third is under way', () => receiver.received.length === before + 3);
		await house.n8n.kill9();
		isKilled = true;
		await house.startAgain();
		await forward({ waits: '[0, 0, 0, 0, 0]' });

		const counts = records.map((record) => requestsFor(record).length);
		assert.deepEqual([...counts].sort(), [1, 1, 1, 1, 2]);
		const twice = records[counts.indexOf(2)]!;
		const keys = requestsFor(twice).map(({ headers }) => headers['idempotency-key']);
		assert.deepEqual(keys, [twice.transactionId, twice.transactionId]);
		const rows = await forwardsOf(records);
		assert.ok(rows.every(({ status }) => status === 'sent'));
	});

	/** Saves the sample with the receiver's address, and other waits between tries if given. */
	async function save({ waits = WAITS }: { waits?: string }): Promise<SampleWorkflow> {
		const house = await theRealtimeHouse();
		return await saveSample(house, '09', (workflow) =>
			withNode(
				withNode(workflow, 'Settings', (node) => withAddress(node, receiver.address)),
				'Claim it',
				(node) => withWaits(node, waits),
			),
		);
	}

	async function forward(options: { waits?: string } = {}): Promise<void> {
		const { client } = await theRealtimeHouse();
		const { id } = await save(options);
		const execution = await client.executions.run(id, { trigger: 'Forward now' });
		execution.assertSucceeded();
	}

	function requestsFor({ transactionId }: EventRecord) {
		return receiver.received.filter(({ body }) => body.id === transactionId);
	}

	function idsReceived(): string[] {
		return receiver.received.map(({ body }) => String(body.id)).sort();
	}
});

const ids = (records: readonly EventRecord[]) =>
	records.map(({ transactionId }) => transactionId).sort();

/** Rows of the table of forwards, in the order of the records. */
async function forwardsOf(records: readonly EventRecord[]): Promise<DataTableRow[]> {
	const { client } = await theRealtimeHouse();
	const rows = await client.dataTables.rows(FORWARDS);
	return records.flatMap(({ transactionId }) =>
		rows.filter(({ lineId }) => lineId === transactionId),
	);
}

function withAddress(node: WorkflowNode, address: string): WorkflowNode {
	const { assignments } = node.parameters.assignments as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	const filledIn = assignments.map((each) =>
		each.name === 'address' ? { ...each, value: address } : each,
	);
	return { ...node, parameters: { ...node.parameters, assignments: { assignments: filledIn } } };
}

/** Throws if the shipped waits are not those that the tests are about. */
function withWaits(node: WorkflowNode, waits: string): WorkflowNode {
	const parameters = JSON.stringify(node.parameters);
	assert.ok(parameters.includes(WAITS));
	return {
		...node,
		parameters: JSON.parse(parameters.replace(WAITS, waits)) as Record<string, unknown>,
	};
}
