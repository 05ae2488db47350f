import { developerCredential } from '../../../../services/developer/developerApi';
import { byName } from '../../../kit/operation';
import type { Resource } from '../../../kit/operation';
import * as operations from './operations';

export const transaction: Resource = {
	name: 'Transaction',
	value: 'transaction',
	description: 'Transaction lines minutes after Rakuten recorded them, from the Events API',
	credentials: [{ name: developerCredential }],
	operations: byName(Object.values(operations)),
	defaultOperation: operations.getMany,
};
