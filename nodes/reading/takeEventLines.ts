import type { IExecuteFunctions } from 'n8n-workflow';

import { eventFields, readEventLine } from '../../rakuten/line/eventLine';
import { lineFromEvents } from '../../rakuten/line/sourcedLine';
import type { DeveloperConnection } from '../../services/developer/developerApi';
import { eventPages } from '../../services/developer/eventsApi';
import type { LineAccount } from './LineAccount';
import type { TransactionPlan } from './transactionPlan';

/** Reads the plan's part of the Events API into the account, until it is full. */
export async function takeEventLines(
	context: IExecuteFunctions,
	connection: DeveloperConnection,
	plan: TransactionPlan,
	account: LineAccount,
): Promise<void> {
	const { events } = plan.sources;
	if (!events) return;
	const { currency, transactionType: type } = plan.filter;
	const pages = eventPages(context, connection, { ...events, currency, type });
	for await (const { records } of pages) {
		for (const record of records) {
			const { line, unreadable } = readEventLine(record);
			const reasons = isTransaction(record) ? unreadable : ['It has no transaction fields'];
			if (reasons.length > 0) account.rejectEvent(reasons.join('; '), record);
			else account.take(lineFromEvents(line), record);
		}
		if (account.isFull) return;
	}
}

const isTransaction = (record: Readonly<Record<string, unknown>>) =>
	eventFields.some((name) => Object.hasOwn(record, name));
