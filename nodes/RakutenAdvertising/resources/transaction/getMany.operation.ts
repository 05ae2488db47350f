import type { IExecuteFunctions } from 'n8n-workflow';

import { outcomeOf } from '../../../../rakuten/outcome';
import { RakutenProblem } from '../../../../rakuten/problem';
import type { ReachDays } from '../../../../rakuten/line/sourcePlan';
import { itemFields } from '../../../kit/fields/readFields';
import type { Operation } from '../../../kit/operation';
import { showAccount } from '../../../kit/showHint';
import {
	developerConnection,
	developerCredential,
} from '../../../../services/developer/developerApi';
import type { DeveloperConnection } from '../../../../services/developer/developerApi';
import { eventsReachDays } from '../../../../services/developer/eventsApi';
import { ServiceProblem } from '../../../../services/problem';
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
		const outcome = await outcomeOf(takeLines(context, itemIndex, connection, eventsReachDays));
		const account = outcome.ok
			? outcome.value
			: await takeReachableLines(context, itemIndex, connection, outcome.cause);
		showAccount(context, account.message(), account.advice());
		return { first: account.items, second: account.rejected };
	},
};

async function takeLines(
	context: IExecuteFunctions,
	itemIndex: number,
	connection: DeveloperConnection,
	reachDays: ReachDays,
): Promise<LineAccount> {
	const plan = readTransactionPlan(context, itemIndex, connection.siteId, reachDays);
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
	return account;
}

/**
 * Begins again where Rakuten refuses orders that are older than its process dates reach; whether every
 * account has the longer reach is not known. Any other problem is thrown on.
 */
async function takeReachableLines(
	context: IExecuteFunctions,
	itemIndex: number,
	connection: DeveloperConnection,
	cause: unknown,
): Promise<LineAccount> {
	if (!(cause instanceof ServiceProblem) || cause.problemName !== 'olderRefused') throw cause;
	const reachDays = { ...eventsReachDays, transaction: eventsReachDays.process };
	const outcome = await outcomeOf(takeLines(context, itemIndex, connection, reachDays));
	if (!outcome.ok) throw withReason(outcome.cause, cause.said);
	outcome.value.isOlderRefused = true;
	return outcome.value;
}

/** What would be a beginning too early says that Rakuten has refused it, and in which words. */
function withReason(cause: unknown, said: string): unknown {
	if (!(cause instanceof RakutenProblem) || cause.problemName !== 'beyondReach') return cause;
	const words = said === '' ? '' : ` It says: "${said}"`;
	return new RakutenProblem(
		cause.problemName,
		cause.message,
		`${cause.description} Rakuten refuses earlier transaction dates for this account.${words}`,
	);
}
