import { randomBytes } from 'node:crypto';

/** What the token API hands out. */
export interface IssuedTokens {
	accessToken: string;
	refreshToken: string;
}

/** What a bearer token is to the API host. */
export type BearerStanding = 'valid' | 'expired' | 'superseded' | 'wrong' | 'missing';

/** Finds any token made here in any text: they are marked, so that a leak can be searched for. */
export const ISSUED_TOKEN = /sandbox-(?:access|refresh)-[0-9a-f]{32}/g;

/**
 * The tokens of one application for one site. There is one at a time: a new one ends the previous
 * one at once, whatever is under way with it.
 */
export class ApplicationTokens {
	#current: (IssuedTokens & { endsAt: number }) | undefined;
	#superseded = new Set<string>();

	issue(seconds: number): IssuedTokens {
		if (this.#current) this.#superseded.add(this.#current.accessToken);
		const tokens = {
			accessToken: `sandbox-access-${randomBytes(16).toString('hex')}`,
			refreshToken: `sandbox-refresh-${randomBytes(16).toString('hex')}`,
		};
		this.#current = { ...tokens, endsAt: performance.now() + seconds * 1000 };
		return tokens;
	}

	standingOf(accessToken: string): BearerStanding {
		if (accessToken === '') return 'missing';
		if (accessToken === this.#current?.accessToken) {
			return performance.now() < this.#current.endsAt ? 'valid' : 'expired';
		}
		return this.#superseded.has(accessToken) ? 'superseded' : 'wrong';
	}

	/** Only the refresh token handed out last; it outlives the access token. */
	takesRefresh(refreshToken: string): boolean {
		return refreshToken !== '' && refreshToken === this.#current?.refreshToken;
	}

	/** Ends the token in force, as the clock would. */
	expire(): void {
		if (this.#current) this.#current.endsAt = performance.now();
	}
}
