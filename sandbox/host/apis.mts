/** What a request is for: the reporting host, the token API, or an API that takes its tokens. */
export type Api = 'reporting' | 'token' | 'postback' | 'events' | 'other';

/** The API a path belongs to; `other` for a path nobody serves. */
export function apiOf(path: string): Api {
	if (path === '/token') return 'token';
	if (/^\/v1\/postback(\/|$)/.test(path)) return 'postback';
	if (/^\/events\/1\.0\/transactions\/?$/.test(path)) return 'events';
	return /^\/[A-Za-z-]+\/reports\//.test(path) ? 'reporting' : 'other';
}

/** True for a path that the API host (api.linksynergy.com) would serve, not the reporting host. */
export function isGatewayPath(path: string): boolean {
	return /^\/(token|v1|events)(\/|$)/.test(path);
}
