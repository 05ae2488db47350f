import type { Operation } from '../../../kit/operation';
import { developerConnection } from '../../../../services/developer/developerApi';
import { takeEventLines } from '../../../reading/takeEventLines';
import { getManyFields } from './getMany.fields';
import { LineAccount } from '../../../reading/LineAccount';
import { planOlderLines, takeOlderLines } from '../../../reading/olderLines';
import { readTransactionPlan } from '../../../reading/transactionPlan';

export const getMany: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many transactions',
	description:
		'Read transaction lines, corrections among them, from the Events API; older ones from a report. Commissions are an indication there, not for accounting.',
	fields: getManyFields,
	outputs: ['Lines', 'Rejected'],
	async run(context, itemIndex) {
		const connection = await developerConnection(context, itemIndex);
		const plan = readTransactionPlan(context, itemIndex, connection.siteId);
		const older = await planOlderLines(context, itemIndex, plan, connection.siteId);
		const account = new LineAccount(plan, itemIndex);
		await takeEventLines(context, connection, plan, account);
		if (older && !account.isFull) await takeOlderLines(context, itemIndex, older, account);
		context.addExecutionHints({ message: account.message(), location: 'outputPane' });
		for (const message of account.advice()) {
			context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
		}
		return { first: account.items, second: account.rejected };
	},
};
