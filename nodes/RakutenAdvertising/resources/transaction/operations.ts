/** The operations on transactions, one per line; the menu sorts them by name. */
export { getMany } from './getMany.operation';
