import { byName } from '../../kit/operation';
import type { Resource } from '../../kit/operation';
import * as all from './resources';

/** The resources of the node, in the order of its menu. */
export const resources: readonly Resource[] = byName(Object.values(all));
