/** The operations on a report, one per line; the menu sorts them by name. */
export { checkConnection } from './checkConnection.operation';
export { get } from './get.operation';
export { getColumns } from './getColumns.operation';
