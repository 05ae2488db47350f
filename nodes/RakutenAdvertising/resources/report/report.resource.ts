import { reportingCredential } from '../../../../services/reporting/reportingConnection';
import { byName } from '../../../kit/operation';
import type { Resource } from '../../../kit/operation';
import * as operations from './operations';

export const report: Resource = {
	name: 'Report',
	value: 'report',
	description: 'Earnings and activity, as in Reports > Reporting of the dashboard',
	credentials: [{ name: reportingCredential }],
	operations: byName(Object.values(operations)),
	defaultOperation: operations.get,
};
