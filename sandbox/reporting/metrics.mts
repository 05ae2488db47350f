import { kindOf, type Line } from '../account/lines.mts';
import type { Entry } from './cell.mts';

/** Ways to sum over the entries of one row. */
export interface Sums {
	/** Exact decimal text of a sum of minor units. */
	money: (of: (line: Line) => number) => string;
	count: (of: (entry: Entry) => number) => number;
	/** Number of different orders. */
	orders: () => number;
}

type Metric = (sums: Sums) => string;

const sales: Metric = ({ money }) => money((line) => line.sales);
const commission: Metric = ({ money }) => money((line) => line.commission);
const grossSales: Metric = ({ money }) => money((line) => Math.max(line.sales, 0));
const grossCommission: Metric = ({ money }) => money((line) => Math.max(line.commission, 0));
const unpaidSales: Metric = ({ money }) =>
	money((line) => (kindOf(line) === 'zero' ? line.sales : 0));
const nothing: Metric = ({ money }) => money(() => 0);

const itemCount =
	(of: (line: Line) => number): Metric =>
	({ count }) =>
		String(count(({ line }) => (line ? of(line) : 0)));
const items = itemCount((line) => line.quantity);
const cancelled = itemCount((line) => (line.correction ? line.quantity : 0));
const netItems = itemCount((line) => (line.correction ? -line.quantity : line.quantity));
const unpaidItems = itemCount((line) => (kindOf(line) === 'zero' ? line.quantity : 0));

const orders: Metric = (sums) => String(sums.orders());
const clicks: Metric = ({ count }) => String(count(({ activity }) => activity?.clicks ?? 0));
const impressions: Metric = ({ count }) =>
	String(count(({ activity }) => activity?.impressions ?? 0));

const ratio =
	(part: Metric, whole: Metric): Metric =>
	(sums) => {
		const divisor = Number(whole(sums));
		return divisor === 0 ? '0.00' : (Number(part(sums)) / divisor).toFixed(2);
	};

/** Sums by header in lower case, other spellings met in the field included. */
export const METRICS: ReadonlyMap<string, Metric> = new Map<string, Metric>([
	['sales', sales],
	['gross sales', grossSales],
	['total commission', commission],
	['total commissions', commission],
	['commissions', commission],
	['baseline commission', grossCommission],
	['adjusted commission', commission],
	['gross commissions', grossCommission],
	['gross total commissions', grossCommission],
	['estimated gross total cost', grossCommission],
	['estimated net total cost', commission],
	['non-commissionable sales', unpaidSales],
	['item discount amount', nothing],
	['order discount amount', nothing],
	['item profit margin', nothing],
	['# of items', items],
	['quantity', items],
	['# of net items', netItems],
	['# of cancelled items', cancelled],
	['non-commissionable items', unpaidItems],
	['# of orders', orders],
	['# of clicks', clicks],
	['clicks', clicks],
	['# of impressions', impressions],
	['impressions', impressions],
	['average item value', ratio(sales, items)],
	['average order value', ratio(sales, orders)],
	['net items per order', ratio(netItems, orders)],
	['click through rate (ctr)', ratio(clicks, impressions)],
	['cost per action (cpa)', ratio(commission, orders)],
	['earnings per click (epc)', ratio(commission, clicks)],
	['orders/click', ratio(orders, clicks)],
]);
