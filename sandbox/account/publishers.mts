import { Random } from './random.mts';

/** A partner as an advertiser's reports name it. */
export interface Publisher {
	id: number;
	/** The 11-character id of its links. */
	encryptedId: string;
	name: string;
	url: string;
	group: { id: number; name: string } | undefined;
	subPublisher: { id: string; name: string; url: string } | undefined;
}

const GROUPS = [
	{ id: 11, name: 'Content' },
	{ id: 12, name: 'Coupons, "deals" & cashback' },
	{ id: 13, name: 'Loyalty' },
	undefined,
];

const WORDS = ['Amber', 'Birch', 'Clover', 'Delta', 'Ember', 'Fable', 'Grove', 'Hazel'];
const KINDS = ['Reviews', 'Daily', 'Journal', 'Savings, Ltd', 'Guide'];

/** The forty partners an advertiser token sees. */
export const PUBLISHERS: readonly Publisher[] = WORDS.flatMap((word, row) =>
	KINDS.map((kind, column): Publisher => {
		const index = row * KINDS.length + column;
		const site = `${word}-${kind.split(/\W/)[0]!}`.toLowerCase();
		const network = column === 3;
		return {
			id: 3_700_000 + index * 811,
			encryptedId: encryptedId(index),
			name: `${word} ${kind}`,
			url: `https://${site}.example/`,
			group: GROUPS[index % GROUPS.length],
			subPublisher: network
				? { id: `sub-${index}`, name: `${word} sub site`, url: `https://sub.${site}.example/` }
				: undefined,
		};
	}),
);

/** The sites of the account behind the publisher token: its own, and a second one now and then. */
export const OWN_SITES: readonly Publisher[] = ['Example Site', 'Example Site, second'].map(
	(name, index) => ({
		id: 3_771_737 + index,
		encryptedId: encryptedId(100 + index),
		name,
		url: `https://site${index + 1}.example/`,
		group: undefined,
		subPublisher: undefined,
	}),
);

/** Eleven characters in the alphabet of real link ids, `*` and `/` included. */
function encryptedId(index: number): string {
	const random = new Random('encrypted id', index);
	const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*/';
	return Array.from({ length: 11 }, () => random.pick([...alphabet])).join('');
}
