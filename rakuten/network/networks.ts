/** One of Rakuten Advertising's country networks. An account can earn in one or several. */
export interface Network {
	/** The value of the reporting API's `network` parameter. */
	readonly id: number;
	readonly country: string;
	/** ISO 3166-1 alpha-2. */
	readonly countryCode: string;
	readonly name: string;
}

/**
 * The networks an account can report on. IDs are from Rakuten's official API file; 11 is official
 * as an ID, but its use as a filter is not documented.
 */
export const networks: readonly Network[] = [
	{ id: 1, country: 'United States', countryCode: 'US', name: 'US Network' },
	{ id: 3, country: 'United Kingdom', countryCode: 'GB', name: 'UK Network' },
	{ id: 5, country: 'Canada', countryCode: 'CA', name: 'Canada Network' },
	{ id: 7, country: 'France', countryCode: 'FR', name: 'France Network' },
	{ id: 8, country: 'Brazil', countryCode: 'BR', name: 'Brazil Network' },
	{ id: 9, country: 'Germany', countryCode: 'DE', name: 'Germany Network' },
	{ id: 11, country: 'Japan', countryCode: 'JP', name: 'Japan Network' },
	{ id: 41, country: 'Australia', countryCode: 'AU', name: 'Australia Network' },
];

/** No longer offered, but old transaction lines may still name it (seen in public code). */
const leadAdvantage: Network = {
	id: 54,
	country: 'United States',
	countryCode: 'US',
	name: 'Lead Advantage',
};

const byId = new Map([...networks, leadAdvantage].map((network) => [network.id, network]));

const otherNames: Readonly<Record<number, readonly string[]>> = {
	1: ['usa', 'united states of america'],
	3: ['uk', 'great britain'],
	8: ['brasil'],
	9: ['deutschland'],
	54: ['lead advantage (us)', 'lead advantage us'],
};

const byName = new Map<string, Network>([
	...networks.flatMap((network): Array<[string, Network]> => [
		[network.country.toLowerCase(), network],
		[network.countryCode.toLowerCase(), network],
	]),
	[leadAdvantage.name.toLowerCase(), leadAdvantage],
	...Object.entries(otherNames).flatMap(([id, names]) =>
		names.flatMap((name): Array<[string, Network]> => {
			const network = byId.get(Number(id));
			return network ? [[name, network]] : [];
		}),
	),
]);

/** The network with this ID; undefined for an unknown ID. */
export function networkById(id: number): Network | undefined {
	return byId.get(id);
}

/**
 * The network that a text names: `United States`, `1 - United States`, `US`, `1`, `U.S. Network`,
 * `UK Network`, in any case. Undefined if it names none, or if number and name disagree.
 */
export function networkByText(text: string): Network | undefined {
	const [, id, rest] = /^(\d{0,3})\s*(?:[-–—:]\s*)?(.*)$/s.exec(text.trim()) ?? ['', '', ''];
	const name = rest
		.toLowerCase()
		.replaceAll('.', '')
		.replace(/\s+/g, ' ')
		.replace(/ network$/, '');
	const named = name === '' ? undefined : byName.get(name);
	if (id === '') return named;
	const numbered = networkById(Number(id));
	return name === '' || named === numbered ? numbered : undefined;
}
