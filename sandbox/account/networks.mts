/** A country network of Rakuten Advertising and the currency its orders are paid in here. */
export interface Network {
	id: number;
	country: string;
	currency: string;
	/** Mean number of orders a day at scale 1. */
	orders: number;
	/** A price of 1 US dollar in whole units of the currency, roughly. */
	priceLevel: number;
	/** Prefix of its advertisers' MIDs, so that no two networks share one. */
	firstMid: number;
}

export const NETWORKS: readonly Network[] = [
	{ id: 1, country: 'United States', currency: 'USD', orders: 2.5, priceLevel: 1, firstMid: 24000 },
	{
		id: 3,
		country: 'United Kingdom',
		currency: 'GBP',
		orders: 1.2,
		priceLevel: 0.8,
		firstMid: 35100,
	},
	{ id: 5, country: 'Canada', currency: 'CAD', orders: 0.6, priceLevel: 1.4, firstMid: 36200 },
	{ id: 7, country: 'France', currency: 'EUR', orders: 0.5, priceLevel: 0.9, firstMid: 37300 },
	{ id: 8, country: 'Brazil', currency: 'BRL', orders: 0.5, priceLevel: 5.5, firstMid: 38400 },
	{ id: 9, country: 'Germany', currency: 'EUR', orders: 0.6, priceLevel: 0.9, firstMid: 39500 },
	{ id: 11, country: 'Japan', currency: 'JPY', orders: 0.5, priceLevel: 150, firstMid: 2600 },
	{ id: 41, country: 'Australia', currency: 'AUD', orders: 0.4, priceLevel: 1.5, firstMid: 41700 },
];

/** Networks the sandbox's account earns in, unless told otherwise: all but Brazil and Japan. */
export const NETWORKS_WITH_DATA: readonly number[] = [1, 3, 5, 7, 9, 41];

/** Ids the host takes as a filter; 54 is the old Lead Advantage network, which has no data. */
export const KNOWN_NETWORK_IDS: readonly number[] = [...NETWORKS.map(({ id }) => id), 54];

export function networkOf(id: number): Network | undefined {
	return NETWORKS.find((network) => network.id === id);
}
