/** How a token request ended, as the sandbox knows it; clients are told less. */
export type TokenOutcome =
	| 'issued'
	| 'refreshed'
	| 'wrongMethod'
	| 'wrongContentType'
	| 'noClient'
	| 'wrongClientId'
	| 'wrongClientSecret'
	| 'unknownGrantType'
	| 'wrongRefreshToken'
	| 'noScope'
	| 'legacyScope'
	| 'scopeIsNoNumber'
	| 'otherSite'
	/** A fault came before it was carried out. */
	| 'fault';

/** One request for a token, with nothing secret in it. */
export interface TokenRequest {
	/** Of the request in the log. */
	number: number;
	/** ISO time of arrival. */
	time: string;
	accepted: boolean;
	reason: TokenOutcome;
	/** How the client named itself. */
	scheme: 'Bearer' | 'Basic' | 'other' | 'none';
	/** Null if none was named, as documented. */
	grantType: string | null;
	/** The site asked for, where it is a number. */
	siteId: string | null;
}
