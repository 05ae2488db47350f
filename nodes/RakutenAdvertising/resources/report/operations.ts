/** The operations on a report, one a line; the menu sorts them by name. */
export { checkConnection } from './checkConnection.operation';
export { get } from './get.operation';
export { getColumns } from './getColumns.operation';
