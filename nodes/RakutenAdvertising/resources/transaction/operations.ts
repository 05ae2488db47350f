/** The operations on transactions, one a line; the menu sorts them by name. */
export { getMany } from './getMany.operation';
