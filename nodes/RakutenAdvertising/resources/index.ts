import type { Resource } from '../../operations/Operation';
import { report } from './report/report.resource';

/** The resources of the node, in the order of its menu. */
export const resources: readonly Resource[] = [report];
