import { createHash } from 'node:crypto';

import type { DeveloperApplication } from './application';

/**
 * An access token as it is kept: marked with what it was given for. The credential's fields can be
 * changed while a token is stored: the token of another site would open that site's data, and with
 * one that is still good a wrong secret would pass the credential test.
 */
export const boundToken = (token: string, application: DeveloperApplication): string =>
	`${markOf(application)}.${token}`;

/** The access token in a stored text; undefined for none, and for one of another application or site. */
export function tokenIn(stored: unknown, application: DeveloperApplication): string | undefined {
	const mark = `${markOf(application)}.`;
	const isOwn = typeof stored === 'string' && stored.startsWith(mark);
	return isOwn && stored.length > mark.length ? stored.slice(mark.length) : undefined;
}

function markOf({ clientId, clientSecret, siteId, baseUrl }: DeveloperApplication): string {
	const named = JSON.stringify([clientId, clientSecret, siteId, baseUrl]);
	return createHash('sha256').update(named).digest('hex').slice(0, 16);
}
