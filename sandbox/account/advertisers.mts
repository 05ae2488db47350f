import { ADVERTISER_NAMES } from './advertiserNames.mts';
import { networkOf, type Network } from './networks.mts';
import { PRODUCT_RANGES, type ProductRange } from './products.mts';
import { Random } from './random.mts';

/** How an advertiser writes its order numbers; importers have met every style. */
export type OrderIdStyle = 'numeric' | 'zeros' | 'comma' | 'slash' | 'uuid' | 'prefixed';

export interface Product {
	sku: string;
	name: string;
	/** In minor units of the advertiser's currency. */
	price: number;
}

export interface Advertiser {
	mid: number;
	name: string;
	network: Network;
	currency: string;
	orderIds: OrderIdStyle;
	/** Commission in hundredths of a per cent of the sale. */
	rate: number;
	products: Product[];
	offers: Array<{ id: number; name: string }>;
	links: Array<{ id: number; name: string; type: string; size: string }>;
}

/** Whether sales are reported as they happen, or in batches later. */
export type TransactionType = 'realtime' | 'batch';

const STYLES: readonly OrderIdStyle[] = ['numeric', 'zeros', 'comma', 'slash', 'uuid', 'prefixed'];

const LINK_KINDS = [
	{ type: 'Text', size: '' },
	{ type: 'Banner', size: '728x90' },
	{ type: 'Product', size: '' },
] as const;

/**
 * The twelve advertisers of a network, the same for every seed.
 * @param mixedCurrencies gives the last one a currency (JPY) other than its network's
 */
export function advertisersOf(networkId: number, mixedCurrencies: boolean): Advertiser[] {
	const network = networkOf(networkId);
	if (!network) throw new Error(`no network ${networkId}`);
	return ADVERTISER_NAMES[networkId]!.map((name, index) => {
		const random = new Random('advertiser', networkId, index);
		const foreign = mixedCurrencies && index === 11 && network.currency !== 'JPY';
		const mid = network.firstMid + index * 17;
		return {
			mid,
			name,
			network,
			currency: foreign ? 'JPY' : network.currency,
			orderIds: STYLES[index % STYLES.length]!,
			rate: random.whole(150, 1200),
			products: productsOf(
				PRODUCT_RANGES[(index + networkId) % PRODUCT_RANGES.length]!,
				foreign ? networkOf(11)! : network,
				random,
			),
			offers: [
				{ id: 1_000_000 + mid * 2, name: `${name} – standard offer` },
				{ id: 1_000_001 + mid * 2, name: 'Seasonal offer, higher rate' },
			],
			links: LINK_KINDS.map((kind, number) => ({
				id: mid * 10 + number,
				name: `${name} ${kind.type.toLowerCase()} link`,
				...kind,
			})),
		};
	});
}

function productsOf(range: ProductRange, network: Network, random: Random): Product[] {
	const minor = network.currency === 'JPY' ? 1 : 100;
	return range.products.map(([name, dollars], index) => ({
		sku: random.chance(0.2)
			? String(index * 37 + 731).padStart(8, '0')
			: `${range.prefix}-${(index + 1) * 100 + random.whole(0, 99)}${random.chance(0.3) ? '/L' : ''}`,
		name,
		price: Math.round(dollars * network.priceLevel * minor * (0.85 + 0.3 * random.next())),
	}));
}

/** Realtime advertisers report an event before the transaction; batch ones only the transaction. */
export function transactionTypeOf({ mid }: Advertiser): TransactionType {
	return mid % 3 === 0 ? 'batch' : 'realtime';
}
