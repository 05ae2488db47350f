import { headerKeys } from '../csv/headerKeys';
import { ownCopy } from '../csv/KeptTexts';
import type { LineIdentity } from './lineIdentity';
import { orderedFields } from '../line/fieldOrder';
import type { ReportRow } from '../line/reportRow';
import type { ReportColumn } from './columnNames';
import { timeColumnOf } from './columns';
import type { RowFacts } from './rowFacts';
import { positionOf } from './rowFields';
import type { Cell } from './rowFields';
import { canBeNull } from './columnNames';
import type { RowSettings } from './rowSettings';

/** Puts a row together from its cells, its own texts and what was derived from them. */
type Assemble = (
	values: readonly Cell[],
	fields: readonly string[],
	facts: RowFacts,
	unread?: readonly string[],
) => ReportRow;

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
	const constants: Record<string, string> = {};
	if (settings.siteId && positionOf(columns, 'siteId') < 0) constants.siteId = settings.siteId;
	if (settings.siteName) constants.siteName = settings.siteName;
	const names = orderedFields(
		[
			...own.map(({ name }) => name),
			...firstFacts,
			...lastFacts.filter((name) => name !== 'replaceByDate' || identity.kind === 'none'),
			...Object.keys(constants),
		],
		settings.fields,
	);
	const canBeUnread = columns.some(canBeNull);
	if (canBeUnread && settings.fields === 'all') names.push('unreadable');
	const isWanted = (name: string) => names.includes(name);
	const template = emptyRow(names);
	for (const name of Object.keys(constants).filter(isWanted)) template[name] = constants[name];
	const [before, after] = [firstFacts, lastFacts].map((facts) => facts.filter(isWanted));
	const kept = own.filter(({ name }) => isWanted(name));

	return (values, _fields, facts, unread) => {
		const row: Record<string, Cell | undefined> = { ...template };
		for (const name of before) row[name] = name === 'orderKey' ? flat(facts[name]) : facts[name];
		for (const { name, position, isDate } of kept) {
			row[name] = isDate ? flat(values[position]) : values[position];
		}
		for (const name of after) row[name] = facts[name];
		if (unread && canBeUnread && settings.fields === 'all') row.unreadable = unread.join('; ');
		return row as ReportRow;
	};
}

/** What is derived from a row: a column of the same name would take the place of the first three. */
const firstFacts: ReadonlyArray<keyof RowFacts> = ['lineId', 'orderKey', 'kind'];
const lastFacts: ReadonlyArray<keyof RowFacts> = [
	'currency',
	'currencySource',
	'network',
	'networkId',
	'country',
	'replaceByDate',
];

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
