import { developerCredential } from '../../../../services/developer/developerApi';
import { byName } from '../../../kit/operation';
import type { Resource } from '../../../kit/operation';
import * as operations from './operations';

export const postback: Resource = {
	name: 'Postback',
	value: 'postback',
	description: "The URL that Rakuten sends a site's conversions to; each site has one",
	credentials: [{ name: developerCredential }],
	operations: byName(Object.values(operations)),
	defaultOperation: operations.get,
};
