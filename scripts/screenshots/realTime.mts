import {
	DEVELOPER_CREDENTIAL_TYPE,
	POSTBACK_TRIGGER_TYPE,
	TRANSACTION_TRIGGER_TYPE,
} from '../start/sampleWorkflows.mts';
import {
	dialog,
	fieldsOfNode,
	fillIn,
	openForm,
	openNewCredential,
	visit,
	wholePage,
	type Pictures,
	type Studio,
} from './studio.mts';

/** Pictures of what handles conversions as they happen. */
export const realTimePictures: Pictures = {
	/** The credential as it is filled in; the secret shows as dots. */
	async 'developer-credential'({ page, sandbox }) {
		await openNewCredential(page, 'Rakuten Developer Portal API', 900);
		await fillIn(page, 'siteId', sandbox.developer.siteId);
		await fillIn(page, 'clientId', 'aBcD1234eFgH5678iJkL9012mNoP3456');
		await fillIn(page, 'clientSecret', 'not shown');
		return dialog(page);
	},

	/** The fields of Rakuten Advertising Trigger. */
	async 'postback-trigger'(studio) {
		const webhookId = '5d0e2a44-7a0b-4c44-9f0b-1f2d7c7b6a01';
		await openTrigger(studio, POSTBACK_TRIGGER_TYPE, 1.1, { webhookId }, 860);
		return await fieldsOfNode(studio.page);
	},

	/** The fields of Rakuten Transaction Trigger. */
	async 'transaction-trigger'(studio) {
		await openTrigger(studio, TRANSACTION_TRIGGER_TYPE, 1, {}, 690);
		return await fieldsOfNode(studio.page);
	},

	/** The page of Postback event log, after conversions of every kind. */
	async 'event-log'(studio) {
		const { page, client, workflows } = studio;
		await client.workflows.publish(workflows.get('06')!.id);
		await sendConversions(studio);
		await openForm(studio, 'rakuten-event-log', { width: 1200, height: 1060 });
		await page.getByRole('button', { name: 'Show the event log' }).click();
		await page.getByRole('heading', { name: 'Today' }).waitFor();
		return await wholePage(page);
	},
};

/** Opens a trigger in a workflow of its own. */
async function openTrigger(
	{ page, client, developer }: Studio,
	type: string,
	typeVersion: number,
	node: Record<string, unknown>,
	height: number,
): Promise<void> {
	const { id } = await client.workflows.save({
		name: 'My conversions',
		nodes: [
			{
				id: 'trigger',
				name: 'Rakuten',
				type,
				typeVersion,
				position: [0, 0],
				parameters: {},
				credentials: { [DEVELOPER_CREDENTIAL_TYPE]: developer },
				...node,
			},
		],
		connections: {},
	});
	await visit(page, `/workflow/${id}/trigger`, 1480, height);
	await page.getByTestId('node-parameters').waitFor();
}

/** Sales of the last hours, the newest with what can happen to them. */
async function sendConversions({ sandbox }: Studio): Promise<void> {
	const sales = sandbox.addSales({ count: 24, linesPerOrder: 2 });
	const [, second] = sales;
	const others = [
		sandbox.addSales({ eventPairs: true }),
		sandbox.addSales({ zero: true }),
		sandbox.addSales({ count: 2, u1: '' }),
		sandbox.addCorrection({ transactionId: second!.transactionId }),
		sandbox.addSales({ count: 2 }),
	];
	await sandbox.postbackSender.send({ records: [...sales, ...others.flat()], concurrency: 1 });
}
