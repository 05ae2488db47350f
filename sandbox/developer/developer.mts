import type { Account } from '../account/account.mts';
import { ApplicationTokens } from '../host/applicationTokens.mts';
import { readClient } from '../host/authorization.mts';
import { Limiter } from '../host/limiter.mts';
import {
	changeDeveloperSettings,
	defaultDeveloperSettings,
	type DeveloperChange,
	type DeveloperSettings,
} from './developerSettings.mts';
import { EventFeed } from './eventFeed.mts';
import type { GatewayRequest } from './gatewayRequest.mts';
import type { RegisteredPostback } from './registeredPostback.mts';
import type { TokenOutcome, TokenRequest } from './tokenRequest.mts';

export interface DeveloperOptions extends DeveloperChange {
	clientId?: string;
	clientSecret?: string;
	/** The one site that the application's account has; 3771737 by default. */
	siteId?: string;
}

/** The account's application at the developer portal, and what the API host keeps for it. */
export class Developer {
	readonly clientId: string;
	readonly clientSecret: string;
	readonly siteId: string;
	readonly account: Account;
	readonly feed: EventFeed;
	readonly tokens = new ApplicationTokens();
	readonly limiter: Limiter;
	readonly settings = defaultDeveloperSettings();
	registered: RegisteredPostback | undefined;
	#tokenRequests: TokenRequest[] = [];

	constructor(account: Account, speedUp: number, options: DeveloperOptions) {
		const { clientId, clientSecret, siteId, ...settings } = options;
		this.account = account;
		this.clientId = clientId ?? 'sandbox-client-id';
		this.clientSecret = clientSecret ?? 'sandbox-client-secret-000000000000';
		this.siteId = siteId ?? '3771737';
		if (!/^\d+$/.test(this.siteId)) throw new Error('a site ID is a number');
		this.feed = new EventFeed(account, this.siteId, this.settings);
		this.limiter = new Limiter({ requestsPerMinute: 0, speedUp });
		this.change(settings);
	}

	/** Throws when a setting is not understood; nothing is changed then. */
	change(change: unknown): DeveloperSettings {
		changeDeveloperSettings(this.settings, change);
		this.limiter.limit.requestsPerMinute = this.settings.requestsPerMinute;
		return structuredClone(this.settings);
	}

	/** Everything that must not show anywhere. */
	get secrets(): string[] {
		const pair = Buffer.from(`${this.clientId}:${this.clientSecret}`);
		return [pair.toString('base64'), pair.toString('base64url'), this.clientSecret].filter(
			(secret) => secret !== '',
		);
	}

	/** Whether a request comes from the application, as its header says. */
	clientStanding({ authorization }: GatewayRequest) {
		const { scheme, credential } = authorization;
		if (scheme === 'none' || scheme === 'other' || credential === '') return 'noClient';
		const { id, secret } = readClient(credential);
		if (id !== this.clientId) return 'wrongClientId';
		return secret === this.clientSecret ? 'valid' : 'wrongClientSecret';
	}

	noteTokenRequest({ number, time, authorization, body }: GatewayRequest, reason: TokenOutcome) {
		const form = new URLSearchParams(body);
		const scope = form.get('scope') ?? '';
		const grantType = form.get('grant_type');
		this.#tokenRequests.push({
			number,
			time,
			accepted: reason === 'issued' || reason === 'refreshed',
			reason,
			scheme: authorization.scheme,
			// A value from outside may be anything, a secret in the wrong field too.
			grantType: grantType !== null && !/^[a-z_]{1,30}$/.test(grantType) ? '***' : grantType,
			siteId: /^\d{1,12}$/.test(scope) ? scope : null,
		});
	}

	tokenRequests(): TokenRequest[] {
		return structuredClone(this.#tokenRequests);
	}
}
