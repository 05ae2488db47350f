import { instantOf, type Account } from './account.mts';
import { transactionTypeOf, type Advertiser } from './advertisers.mts';
import type { FeedLine, Line } from './lines.mts';
import { minorUnits } from './money.mts';
import { Random } from './random.mts';

const HOUR = 3600;

/** Sales as they happen while the sandbox runs. */
export interface NewSales {
	/** Lines; 1 by default. */
	count?: number;
	/** Lines of one order; 1 by default. */
	linesPerOrder?: number;
	/** ISO; the real time by default. Known at once, whatever it is. */
	processedAt?: string;
	/** ISO; some minutes before the process date by default. */
	orderedAt?: string;
	/** Of advertisers with this currency only. */
	currency?: string;
	/** The sub-ID; made up by default, `''` for none. */
	u1?: string;
	/** Nothing sold and nothing paid: a lead. */
	zero?: boolean;
	/** Exact amounts of every line, as decimal texts; a part of the price by default. */
	sales?: string;
	commission?: string;
	/** An event before each transaction: same order, another id. Of realtime advertisers only. */
	eventPairs?: boolean;
}

/**
 * The lines to add, in the order they happen; an event right before its transaction.
 * @param serial number of the first line, from 1; no two calls may share numbers
 */
export function makeSales(account: Account, given: NewSales, serial: number): FeedLine[] {
	const count = given.count ?? 1;
	if (!Number.isInteger(count) || count < 0) throw new Error('"count" is a whole number');
	const advertisers = eligible(account, given);
	const processAt =
		given.processedAt === undefined ? Math.floor(Date.now() / 1000) : instantOf(given.processedAt);
	const made: FeedLine[] = [];
	let order: Line | undefined;
	for (let index = 0; index < count; index++) {
		const random = new Random('added sale', account.options.seed, serial + index);
		const goesOn = order && index % (given.linesPerOrder ?? 1) !== 0;
		const start = goesOn ? order! : newOrder(random, advertisers, serial + index, processAt, given);
		const line = withProduct(random, start, given);
		order = line;
		if (given.eventPairs) {
			made.push({ line: { ...line, transactionId: random.hex(32) }, isEvent: true });
		}
		made.push({ line, isEvent: false });
	}
	return made;
}

function eligible(account: Account, { currency, eventPairs }: NewSales): Advertiser[] {
	const found = account.advertisers.filter(
		(advertiser) =>
			(currency === undefined || advertiser.currency === currency) &&
			(!eventPairs || transactionTypeOf(advertiser) === 'realtime'),
	);
	if (found.length === 0) {
		const known = [...new Set(account.advertisers.map((advertiser) => advertiser.currency))];
		throw new Error(`no advertiser of this account has ${currency}, only ${known.join(', ')}`);
	}
	return found;
}

function newOrder(
	random: Random,
	advertisers: readonly Advertiser[],
	serial: number,
	processAt: number,
	{ u1, orderedAt }: NewSales,
): Line {
	const advertiser = random.pick(advertisers);
	return {
		advertiser,
		orderId: orderId(random, advertiser, serial),
		u1: u1 ?? `click-${random.hex(12)}`,
		u1KnownFrom: processAt + 12 * HOUR,
		transactionAt:
			orderedAt === undefined ? processAt - random.whole(60, 540) : instantOf(orderedAt),
		processAt,
		offer: random.chance(0.8) ? 0 : 1,
		link: random.whole(0, advertiser.links.length - 1),
		publisher: 0,
		secondSite: false,
		correction: false,
		atOnce: true,
		transactionId: '',
		sku: '',
		productName: '',
		sales: 0,
		commission: 0,
		quantity: 1,
	};
}

/** The line of an order that one of the advertiser's products makes. */
function withProduct(random: Random, order: Line, { zero, sales, commission }: NewSales): Line {
	const { advertiser } = order;
	const product = random.pick(advertiser.products);
	const quantity = random.chance(0.85) ? 1 : random.whole(2, 4);
	const amount = (text: string | undefined, byDefault: number) =>
		text === undefined ? (zero ? 0 : byDefault) : minorUnits(text, advertiser.currency);
	const price = amount(sales, product.price * quantity);
	return {
		...order,
		transactionId: random.hex(32),
		sku: product.sku,
		productName: product.name,
		quantity,
		sales: price,
		// Never zero, or the line would count as one that nothing is paid for.
		commission: amount(commission, Math.max(1, Math.round((price * advertiser.rate) / 10_000))),
	};
}

/** In the advertiser's own style, beyond the numbers that the generator gives. */
function orderId(random: Random, { orderIds, network }: Advertiser, serial: number): string {
	const digits = String(serial).padStart(6, '0');
	switch (orderIds) {
		case 'numeric':
			return `9${digits.padStart(9, '0')}`;
		case 'zeros':
			return `0009${digits.padStart(9, '0')}`;
		case 'comma':
			return `N${digits.slice(0, -3)},${digits.slice(-3)}`;
		case 'slash':
			return `${network.id}/new/${digits}`;
		case 'uuid':
			return random.uuid();
		default:
			return `NEW-${digits}`;
	}
}
