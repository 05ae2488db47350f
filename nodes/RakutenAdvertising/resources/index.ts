import type { Resource } from '../../kit/operation';
import { postback } from './postback/postback.resource';
import { report } from './report/report.resource';
import { transaction } from './transaction/transaction.resource';

/** The resources of the node, in the order of its menu. */
export const resources: readonly Resource[] = [postback, report, transaction];
