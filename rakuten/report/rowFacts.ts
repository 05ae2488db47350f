import { networkById, networkByText } from '../network/networks';
import type { Network } from '../network/networks';
import type { IdentityKind, LineIdentity } from './lineIdentity';
import { lineKind } from '../line/lineKind';
import type { CurrencySource, ReportRow } from '../line/reportRow';
import type { ReportColumn } from './columnNames';
import { positionOf } from './rowFields';
import type { Cell } from './rowFields';
import type { RowSettings } from './rowSettings';

/** What is derived from a row's cells, whatever the names of its fields. */
export interface RowFacts {
	lineId: string | null;
	orderKey: string | null;
	kind: ReportRow['kind'];
	saleAmount: string | null;
	commission: string | null;
	currency: string | null;
	currencySource: CurrencySource | null;
	network: string | null;
	networkId: number | string | null;
	country: string | null;
	replaceByDate: string | null;
}

/**
 * Makes the reader that derives a row's facts, or the sentence that says why it has no identity.
 */
export function createFactsReader(
	columns: readonly ReportColumn[],
	settings: RowSettings,
	identity: LineIdentity,
): (values: readonly Cell[]) => RowFacts | string {
	const at = (name: string) => positionOf(columns, name);
	const orderId = at('orderId');
	const advertiserId = at('advertiserId');
	const sale = at('saleAmount');
	const commission = at('commission');
	const quantity = at('quantity');
	const currency = at('currency');
	const network = at('network');
	const networkId = at('networkId');
	const replaceDay = at(`${settings.dateType}Date`);
	const hasAmounts = sale >= 0 || commission >= 0;
	const textAt = (values: readonly Cell[], position: number) =>
		position < 0 ? null : (values[position] as string | null);
	const findNetwork = createNetworkFinder(settings.network);

	return (values) => {
		const lineId = identity.kind === 'none' ? null : (identity.idOf(values) ?? null);
		if (lineId === null && identity.kind !== 'none') return noIdentity(identity.kind);
		const order = textAt(values, orderId);
		const saleAmount = textAt(values, sale);
		const commissionAmount = textAt(values, commission);
		const count = quantity < 0 ? null : (values[quantity] as number | null);
		const where = findNetwork(textAt(values, network), textAt(values, networkId));
		const reported = textAt(values, currency);
		const set =
			reported === null
				? (settings.currencies.get(Number(where.networkId)) ?? settings.currencies.get('any'))
				: undefined;
		return {
			lineId,
			orderKey: order === null ? null : `${textAt(values, advertiserId) ?? ''}:${order}`,
			kind: hasAmounts
				? lineKind(saleAmount, commission < 0 ? undefined : commissionAmount, count)
				: null,
			saleAmount,
			commission: commissionAmount,
			currency: reported?.trim().toUpperCase() ?? set ?? null,
			currencySource: reported !== null ? 'report' : set !== undefined ? 'setting' : null,
			network: where.network,
			networkId: where.networkId,
			country: where.country,
			replaceByDate:
				identity.kind === 'none' ? (textAt(values, replaceDay)?.slice(0, 10) ?? null) : null,
		};
	};
}

const noIdentity = (kind: IdentityKind) =>
	kind === 'transactionId'
		? 'This line has no Transaction ID and lacks some of MID, Order ID, SKU and both dates and times, so it has no line ID'
		: 'This line lacks a value that identifies it: MID, Order ID, Transaction Date or Process Date';

type Place = Pick<RowFacts, 'network' | 'networkId' | 'country'>;

/** A row's network: the report's own column, or the single network that was requested. */
function createNetworkFinder(
	asked: Network | undefined,
): (name: string | null, id: string | null) => Place {
	const placeOf = (network: Network): Place => ({
		network: network.name,
		networkId: network.id,
		country: network.country,
	});
	const fallback: Place = asked
		? placeOf(asked)
		: { network: null, networkId: null, country: null };
	const seen = new Map<string, Place>();
	return (name, id) => {
		if (name === null && id === null) return fallback;
		const key = `${name ?? ''}\u001f${id ?? ''}`;
		let place = seen.get(key);
		if (!place) {
			const byId = id !== null && /^\d+$/.test(id) ? networkById(Number(id)) : undefined;
			const network = byId ?? (name === null ? undefined : networkByText(name));
			place = network
				? { ...placeOf(network), network: name ?? network.name }
				: { network: name, networkId: id, country: null };
			seen.set(key, place);
		}
		return place;
	};
}
