/** The operations on a postback, one per line; the menu sorts them by name. */
export { activate } from './activate.operation';
export { createOrUpdate } from './createOrUpdate.operation';
export { deactivate } from './deactivate.operation';
export { remove } from './delete.operation';
export { get } from './get.operation';
