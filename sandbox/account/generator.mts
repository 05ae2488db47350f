import type { Advertiser, Product } from './advertisers.mts';
import type { Activity, Day, Line } from './lines.mts';
import { PUBLISHERS } from './publishers.mts';
import { Random } from './random.mts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Sub-IDs as publishers write them: article slugs, labels of tools, UUIDs. */
const CAMPAIGNS = ['best-duvets', 'gift-guide', 'newsletter_17', 'tiktok-bio', 'espresso-review'];

/**
 * The orders and the traffic of one network on one UTC day. It depends on its arguments alone, so a
 * later day can be added without changing an earlier one. Corrections of the day's orders are among
 * its lines, with the process date they will have.
 * @param scale multiplies the number of orders
 */
export function generateDay(
	seed: number,
	day: number,
	advertisers: readonly Advertiser[],
	scale: number,
): Day {
	const network = advertisers[0]!.network;
	const random = new Random(seed, 'day', network.id, day);
	const lines: Line[] = [];
	const orders = random.around(network.orders * scale * season(day));
	for (let number = 0; number < orders; number++) {
		const order = orderLines(random, day, number, random.pick(advertisers));
		lines.push(...order, ...corrections(random, order));
	}
	const activity = Array.from({ length: random.whole(1, 3) }, () =>
		traffic(random, day, random.pick(advertisers)),
	);
	return { lines, activity };
}

/** More orders before Christmas and on Sundays, fewer in summer. */
function season(day: number): number {
	const date = new Date(day * DAY * 1000);
	const month = [0.9, 0.85, 0.95, 0.95, 1, 0.9, 0.85, 0.85, 0.95, 1.05, 1.6, 1.5];
	return month[date.getUTCMonth()]! * (date.getUTCDay() === 0 ? 1.3 : 0.95);
}

function orderLines(random: Random, day: number, number: number, shop: Advertiser): Line[] {
	const transactionAt = day * DAY + random.whole(0, DAY - 1);
	const processAt = transactionAt + processDelay(random);
	const u1 = subId(random);
	const shared = {
		advertiser: shop,
		orderId: orderId(random, day, number, shop),
		u1,
		u1KnownFrom: processAt + 12 * HOUR,
		transactionAt,
		processAt,
		offer: random.chance(0.8) ? 0 : 1,
		link: random.whole(0, shop.links.length - 1),
		publisher: random.whole(0, PUBLISHERS.length - 1),
		secondSite: random.chance(1 / 15),
		correction: false,
	};
	const lines: Line[] = [];
	const count = random.pick([1, 1, 1, 1, 1, 2, 2, 3, 4]);
	for (const product of someProducts(random, shop.products, count)) {
		const quantity = random.chance(0.88) ? 1 : random.whole(2, 4);
		const sales = product.price * quantity;
		// Gift cards and excluded categories pay nothing.
		const pays = product.name !== 'Gift card' && !random.chance(0.02);
		lines.push({
			...shared,
			transactionId: random.hex(32),
			sku: product.sku,
			productName: random.chance(0.03) ? '' : product.name,
			sales,
			commission: pays ? Math.round((sales * shop.rate) / 10_000) : 0,
			quantity,
		});
	}
	// The same thing twice in one basket: two lines that only the transaction ID tells apart.
	if (random.chance(0.015)) lines.push({ ...lines[0]!, transactionId: random.hex(32) });
	return lines;
}

function someProducts(random: Random, products: readonly Product[], count: number): Product[] {
	const left = [...products];
	return Array.from({ length: Math.min(count, left.length) }, () => {
		return left.splice(random.whole(0, left.length - 1), 1)[0]!;
	});
}

/** Minutes for most, hours for many, days for some. */
function processDelay(random: Random): number {
	const kind = random.next();
	if (kind < 0.6) return random.whole(2 * MINUTE, 90 * MINUTE);
	if (kind < 0.9) return random.whole(HOUR, DAY);
	return random.whole(DAY, 5 * DAY);
}

/** About a tenth of the orders came without a sub-ID, and never get one. */
function subId(random: Random): string {
	const kind = random.next();
	if (kind < 0.1) return '';
	if (kind < 0.25) return random.uuid();
	if (kind < 0.4) return `lbl_${random.hex(12)}`;
	return `${random.pick(CAMPAIGNS)}-${random.whole(1, 40)}`;
}

/** Unique within its advertiser: made of the day and the number of the order on it. */
function orderId(random: Random, day: number, number: number, shop: Advertiser): string {
	const serial = day * 10_000 + number;
	switch (shop.orderIds) {
		case 'numeric':
			return String(4_000_000_000 + serial);
		case 'zeros':
			return String(serial).padStart(13, '0');
		case 'comma':
			return `W${day},${String(number).padStart(3, '0')}`;
		case 'slash':
			return `${shop.network.id}/${day}/${String(number).padStart(5, '0')}`;
		case 'uuid':
			return random.uuid();
		default:
			return `ORD-${serial}`;
	}
}

/** A return of everything or a part, weeks later: new lines that take the amounts back. */
function corrections(random: Random, order: readonly Line[]): Line[] {
	if (!random.chance(0.09)) return [];
	const processAt = order[0]!.processAt + random.whole(3 * DAY, 45 * DAY);
	if (random.chance(0.6)) {
		return order.map((line) => correctionOf(line, 100, processAt, random.hex(32)));
	}
	const line = random.pick(order);
	return [correctionOf(line, random.pick([20, 25, 33, 50, 100]), processAt, random.hex(32))];
}

/**
 * The line that takes back `percent` of another one.
 * @param processAt when the host recorded it, in seconds since 1970
 */
export function correctionOf(
	line: Line,
	percent: number,
	processAt: number,
	transactionId: string,
): Line {
	return {
		...line,
		transactionId,
		processAt,
		sales: -Math.round((line.sales * percent) / 100) || 0,
		commission: -Math.round((line.commission * percent) / 100) || 0,
		correction: true,
	};
}

function traffic(random: Random, day: number, shop: Advertiser): Activity {
	const impressions = random.whole(20, 4000);
	return {
		advertiser: shop,
		// Traffic is counted by GMT day; noon keeps it on that day in most zones.
		at: day * DAY + DAY / 2,
		offer: random.chance(0.8) ? 0 : 1,
		link: random.whole(0, shop.links.length - 1),
		publisher: random.whole(0, PUBLISHERS.length - 1),
		u1: subId(random),
		impressions,
		clicks: Math.floor(impressions * random.next() * 0.08),
	};
}
