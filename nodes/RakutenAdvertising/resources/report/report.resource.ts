import type { Resource } from '../../../operations/Operation';
import { checkConnection } from './checkConnection.operation';
import { get } from './get.operation';
import { getColumns } from './getColumns.operation';

export const report: Resource = {
	name: 'Report',
	value: 'report',
	description: 'Earnings and activity, as in Reports > Reporting of the dashboard',
	operations: [checkConnection, get, getColumns],
	defaultOperation: get,
};
