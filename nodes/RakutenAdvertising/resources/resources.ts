/** The resources of the node, one per line; the menu sorts them by name. */
export { postback } from './postback/postback.resource';
export { report } from './report/report.resource';
export { transaction } from './transaction/transaction.resource';
