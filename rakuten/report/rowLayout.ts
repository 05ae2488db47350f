import { headerKeys } from '../csv/headerKeys';
import { ownCopy } from '../csv/KeptTexts';
import type { LineIdentity } from './lineIdentity';
import type { ReportRow } from '../line/reportRow';
import type { ReportColumn } from './columnNames';
import { timeColumnOf } from './columns';
import type { RowFacts } from './rowFacts';
import { positionOf } from './rowFields';
import type { Cell } from './rowFields';
import type { RowSettings } from './rowSettings';

/** Puts a row together from its cells, its own texts and what was derived from them. */
type Assemble = (values: readonly Cell[], fields: readonly string[], facts: RowFacts) => ReportRow;

/**
 * Rows are copies of one template whose values are then replaced: adding two dozen computed keys to
 * an empty object one by one makes V8 switch it to a slow, large dictionary.
 */
export function normalizedLayout(
	columns: readonly ReportColumn[],
	settings: RowSettings,
	identity: LineIdentity,
): Assemble {
	const times = new Set(
		columns
			.map((column) => timeColumnOf.get(column.known?.type === 'date' ? column.name : ''))
			.filter((name) => name !== undefined),
	);
	const derived = new Set(['currency', 'network', 'networkId']);
	const own = columns
		.map(({ name, known }, position) => ({ name, position, known, isDate: known?.type === 'date' }))
		.filter(({ name, known }) => !known || (!times.has(name) && !derived.has(name)));
	const template = emptyRow([
		...own.map(({ name }) => name),
		'kind',
		'currency',
		'currencySource',
		'network',
		'networkId',
		'country',
		'orderKey',
		'lineId',
	]);
	const reportsSite = positionOf(columns, 'siteId') >= 0;
	if (settings.siteId && !reportsSite) template.siteId = settings.siteId;
	if (settings.siteName) template.siteName = settings.siteName;
	if (identity.kind === 'none') template.replaceByDate = null;

	return (values, _fields, facts) => {
		const row: ReportRow = { ...template };
		row.lineId = facts.lineId;
		row.orderKey = flat(facts.orderKey);
		row.kind = facts.kind;
		for (const { name, position, isDate } of own) {
			row[name] = isDate ? flat(values[position]) : values[position];
		}
		row.currency = facts.currency;
		row.currencySource = facts.currencySource;
		row.network = facts.network;
		row.networkId = facts.networkId;
		row.country = facts.country;
		if (identity.kind === 'none') row.replaceByDate = facts.replaceByDate;
		return row;
	};
}

/** The report's own headers and texts, with the line's id and, where asked for, network and site. */
export function reportLayout(
	columns: readonly ReportColumn[],
	settings: RowSettings,
	identity: LineIdentity,
): Assemble {
	const keys = headerKeys(columns.map((column) => column.header));
	const idKey = keys.includes('Line ID') ? 'Line ID (stable)' : 'Line ID';
	const extra: Record<string, string> = {};
	if (settings.network && positionOf(columns, 'network') < 0) {
		extra.Network = settings.network.name;
		extra.Country = settings.network.country;
	}
	if (settings.siteId && positionOf(columns, 'siteId') < 0) extra['Site ID'] = settings.siteId;
	if (settings.siteName) extra['Site Name'] = settings.siteName;
	const lastKey = identity.kind === 'none' ? 'Replace By Date' : idKey;
	const template = { ...emptyRow([...keys, ...Object.keys(extra), lastKey]), ...extra };

	return (_values, fields, facts) => {
		const row: ReportRow = { ...template };
		for (let index = 0; index < keys.length; index++) row[keys[index]] = fields[index];
		row[lastKey] = identity.kind === 'none' ? facts.replaceByDate : facts.lineId;
		return row;
	};
}

/**
 * A text that was put together keeps all its pieces in memory, three objects for a date: its copy is
 * one.
 */
const flat = <T extends Cell>(value: T) => (typeof value === 'string' ? ownCopy(value) : value);

/** Parsed, because an object made by JSON.parse keeps room for all its keys inside itself. */
function emptyRow(keys: readonly string[]): ReportRow {
	return JSON.parse(`{${keys.map((key) => `${JSON.stringify(key)}:null`).join(',')}}`) as ReportRow;
}
