import { itemFields } from '../../../kit/fields/readFields';
import type { Operation } from '../../../kit/operation';
import { showAccount } from '../../../kit/showHint';
import {
	developerConnection,
	developerCredential,
} from '../../../../services/developer/developerApi';
import { reportingCredential } from '../../../../services/reporting/reportingConnection';
import { executionPatience } from '../../../../services/patience';
import { takeEventLines } from '../../../reading/takeEventLines';
import {
	continueFromReport,
	getManyFields,
	olderReport,
	readTransactionPlan,
} from './getMany.fields';
import { LineAccount } from '../../../reading/LineAccount';
import { planOlderLines, takeOlderLines } from '../../../reading/olderLines';

export const getMany: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many transactions',
	description:
		'Read transaction lines, including corrections, from the Events API; older ones from a report. Commissions are estimates there, not for accounting.',
	fields: getManyFields,
	credentials: [
		{ name: developerCredential },
		{ name: reportingCredential, when: { field: continueFromReport, is: [true] } },
	],
	isForAgents: true,
	outputs: [
		{ label: 'Lines', outcome: 'kept' },
		{ label: 'Rejected', outcome: 'rejected' },
	],
	async run(context, itemIndex) {
		const connection = await developerConnection(context, executionPatience, itemIndex);
		const plan = readTransactionPlan(context, itemIndex, connection.siteId);
		const older = await planOlderLines(
			context,
			itemIndex,
			plan,
			itemFields(context, itemIndex)(olderReport),
			connection.siteId,
		);
		const account = new LineAccount(plan);
		await takeEventLines(context, connection, plan, account);
		if (older && !account.isFull) await takeOlderLines(context, older, account);
		showAccount(context, account.message(), account.advice());
		return { first: account.items, second: account.rejected };
	},
};
