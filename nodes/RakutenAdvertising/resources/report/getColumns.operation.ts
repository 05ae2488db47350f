import type { IDataObject } from 'n8n-workflow';

import { knownColumn } from '../../../../rakuten/report/columns';
import { checkColumns, howToAddColumns } from '../../../../rakuten/report/requiredColumns';
import { shownWhen } from '../../../kit/fields/field';
import { itemFields } from '../../../kit/fields/readFields';
import type { Operation } from '../../../kit/operation';
import { showHint } from '../../../kit/showHint';
import { reportingConnection } from '../../../../services/reporting/reportingConnection';
import { chosenReport, reportField } from '../../../reading/reportField';
import { readHeader } from '../../../reading/readHeader';
import {
	columnsRequired,
	requiredColumnList,
	requiredColumns,
} from '../../../reading/requiredColumnsFields';

export const getColumns: Operation = {
	name: 'Get Columns',
	value: 'getColumns',
	action: 'Get columns of report',
	description: 'List the columns of a report without its data, and the required ones it lacks',
	fields: [
		reportField,
		requiredColumns,
		shownWhen(requiredColumnList, { requiredColumns: ['custom'] }),
	],
	isForAgents: true,
	async run(context, itemIndex) {
		const connection = await reportingConnection(context, itemIndex);
		const field = itemFields(context, itemIndex);
		const required = columnsRequired(field(requiredColumns), field(requiredColumnList));
		const report = chosenReport(field(reportField), connection);
		const columns = await readHeader(context, connection, report);
		const { missing, renamed, extra } = checkColumns(
			columns.map(({ header }) => header),
			required,
		);
		const requiredNameOf = new Map(renamed.map(({ required: name, found }) => [found, name]));
		const present = columns.map(({ header, name, known }, index): IDataObject => ({
			column: header,
			position: index + 1,
			fieldName: name,
			type: known?.type ?? 'text',
			isKnown: known !== undefined,
			...(required.length > 0 && {
				status: extra.includes(header)
					? 'extra'
					: requiredNameOf.has(header)
						? 'renamed'
						: 'present',
				requiredAs: requiredNameOf.get(header) ?? null,
			}),
		}));
		const lacking = missing.map((column): IDataObject => {
			const known = knownColumn(column);
			return {
				column,
				position: null,
				fieldName: known?.name ?? null,
				type: known?.type ?? null,
				isKnown: known !== undefined,
				status: 'missing',
				requiredAs: column,
				howToAdd: 'Reports > Reporting > open the report > Add and Remove Columns',
			};
		});
		if (required.length > 0) {
			showHint(
				context,
				missing.length === 0
					? `The report "${report.reportName}" has all ${required.length} required columns.`
					: `The report "${report.reportName}" lacks ${missing.length} of ${required.length} required columns. ${howToAddColumns(missing)}`,
				missing.length === 0 ? 'info' : 'warning',
			);
		}
		return {
			first: [...lacking, ...present].map((json) => ({ json })),
		};
	},
};
