import { networkById, networkByText, networks } from '../../../rakuten/network/networks';

describe('networks', () => {
	it('§10.17 knows the ids of the country networks', () => {
		expect(networks.map(({ id, countryCode }) => [id, countryCode])).toEqual([
			[1, 'US'],
			[3, 'GB'],
			[5, 'CA'],
			[7, 'FR'],
			[8, 'BR'],
			[9, 'DE'],
			[11, 'JP'],
			[41, 'AU'],
		]);
	});

	it('finds a network by id, the old one included', () => {
		expect(networkById(41)?.country).toBe('Australia');
		expect(networkById(54)).toMatchObject({ name: 'Lead Advantage', countryCode: 'US' });
		expect(networkById(2)).toBeUndefined();
		expect(networks.some(({ id }) => id === 54)).toBe(false);
	});

	it.each([
		['United States', 1],
		['1 - United States', 1],
		['US', 1],
		['us', 1],
		['U.S.', 1],
		['USA', 1],
		['1', 1],
		['01', 1],
		['U.S. Network', 1],
		['US Network', 1],
		['UNITED STATES NETWORK', 1],
		['United  States', 1],
		['UK Network', 3],
		['U.K. Network', 3],
		['GB', 3],
		['Great Britain', 3],
		['3: United Kingdom', 3],
		['Canada Network', 5],
		[' canada ', 5],
		['France', 7],
		['Brasil', 8],
		['Deutschland', 9],
		['11', 11],
		['11 - Japan', 11],
		['41 – Australia', 41],
		['Lead Advantage', 54],
	])('reads %j as network %d', (text, id) => {
		expect(networkByText(text)?.id).toBe(id);
	});

	it.each([
		'',
		' ',
		'2',
		'0',
		'1234',
		'Spain',
		'1 - France',
		'2 - United States',
		'network',
		'-',
		'1.5',
		'constructor',
	])('finds no network in %j', (text) => {
		expect(networkByText(text)).toBeUndefined();
	});

	it('finds every network by each of its own names', () => {
		for (const network of networks) {
			const { id, country, countryCode, name } = network;
			for (const text of [String(id), country, countryCode, name, `${id} - ${country}`]) {
				expect(networkByText(text)).toBe(network);
			}
		}
	});
});
