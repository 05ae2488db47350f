import type { Line } from './lines.mts';
import { decimalText } from './money.mts';

/** A line as the control API shows it. */
export interface LineView {
	transactionId: string;
	orderId: string;
	advertiserId: number;
	network: number;
	currency: string;
	sku: string;
	sales: string;
	commission: string;
	u1: string;
	transactionTime: string;
	processTime: string;
}

/** @param u1 the sub-ID as it shows to whoever looks */
export function lineView(line: Line, u1: string): LineView {
	const { currency, mid, network } = line.advertiser;
	return {
		transactionId: line.transactionId,
		orderId: line.orderId,
		advertiserId: mid,
		network: network.id,
		currency,
		sku: line.sku,
		sales: decimalText(line.sales, currency),
		commission: decimalText(line.commission, currency),
		u1,
		transactionTime: new Date(line.transactionAt * 1000).toISOString(),
		processTime: new Date(line.processAt * 1000).toISOString(),
	};
}
