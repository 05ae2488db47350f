import { DateTime } from 'luxon';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { networks } from '../../../../rakuten/network/networks';
import { reportTokenAudience } from '../../../../rakuten/report/reportToken';
import {
	checkColumns,
	columnPresets,
	howToAddColumns,
} from '../../../../rakuten/report/requiredColumns';
import { itemFields } from '../../../kit/fields/readFields';
import type { Operation } from '../../../kit/operation';
import { showHint } from '../../../kit/showHint';
import { reportingConnection } from '../../../../services/reporting/reportingConnection';
import { chosenReport, reportField } from '../../../reading/reportField';
import { importReport } from '../../../reading/importReport';
import type { ReportOutput, RowBatches } from '../../../reading/reportOutput';
import { createRequest } from '../../../reading/reportRequest';

const surveyedDays = 30;

export const checkConnection: Operation = {
	name: 'Check Connection',
	value: 'checkConnection',
	action: 'Check connection',
	description:
		'Show which account, networks and columns the report token gives access to. Can take two minutes.',
	fields: [reportField],
	isForAgents: true,
	async run(context, itemIndex) {
		const connection = await reportingConnection(context, itemIndex);
		const report = chosenReport(itemFields(context, itemIndex)(reportField), connection);
		const today = DateTime.utc();
		const range = {
			from: today.minus({ days: surveyedDays - 1 }).toISODate(),
			to: today.toISODate(),
		};
		const all = new Survey();
		const account = await importReport(context, createRequest(connection, report, range), all);
		// A report without the Network column: ask network by network until every row is found.
		if (account.read > 0 && all.rowsByNetwork.size === 0) {
			let left = account.read;
			for (const network of networks) {
				if (left <= 0) break;
				const one = new Survey();
				const plan = {
					...createRequest(connection, report, range),
					networks: [network],
					// An account without this network may be refused for it.
					continueOnMissing: true,
				};
				const { read } = await importReport(context, plan, one);
				if (read > 0) all.rowsByNetwork.set(network.name, read);
				left -= read;
			}
		}
		const header = account.columns.map((column) => column.header);
		const { missing } = checkColumns(header, columnPresets[0].columns);
		const audience = reportTokenAudience(connection.token);
		const json: IDataObject = {
			connected: true,
			nextStep: nextStep(audience, account.read, missing),
			tokenFor: audience,
			rows: account.read,
			networks: [...all.rowsByNetwork].map(([network, rows]) => ({ network, rows })),
			newestLine: all.newest,
			report: report.reportKey,
			reportName: report.reportName,
			from: range.from,
			to: range.to,
			siteId: connection.siteId ?? null,
			siteName: connection.siteName ?? null,
			missingForEarnings: missing,
			columns: header,
		};
		const byNetwork = [...all.rowsByNetwork].map(([network, rows]) => `${network} ${rows}`);
		showHint(
			context,
			`${report.reportName}: ${account.read} rows in the last ${surveyedDays} days${byNetwork.length > 0 ? ` (${byNetwork.join(', ')})` : ''}. ${String(json.nextStep)}`,
			missing.length > 0 || account.read === 0 ? 'warning' : 'info',
		);
		return { first: [{ json }] };
	},
};

function nextStep(audience: string, rows: number, missing: readonly string[]): string {
	if (audience === 'advertiser') {
		return "This is an advertiser account's token. Its reports list publishers; for a publisher's earnings, use the token of the publisher account.";
	}
	if (rows === 0) {
		return `The token works, but this report has no rows in the last ${surveyedDays} days. Choose another report, or compare with the dashboard for the same days.`;
	}
	if (missing.length > 0) {
		return `You can read this report now. To store every line exactly once, with its currency, add columns first. ${howToAddColumns(missing)}`;
	}
	return 'The report has everything it needs: use Report > Get, or the sample workflow Import earnings.';
}

/** Counts rows by network and remembers the newest date; keeps no rows. */
class Survey implements ReportOutput {
	readonly rowsByNetwork = new Map<string, number>();
	newest: string | null = null;

	async take(batches: RowBatches): Promise<void> {
		const byNetwork = new Map<string, number>();
		let { newest } = this;
		for await (const rows of batches) {
			for (const { json, network } of rows) {
				if (network !== null) byNetwork.set(network, (byNetwork.get(network) ?? 0) + 1);
				const date = json.processDate ?? json.transactionDate;
				if (typeof date === 'string' && (newest === null || date > newest)) newest = date;
			}
		}
		this.newest = newest;
		for (const [network, number] of byNetwork) {
			this.rowsByNetwork.set(network, (this.rowsByNetwork.get(network) ?? 0) + number);
		}
	}

	async finish(): Promise<INodeExecutionData[]> {
		return [];
	}
}
