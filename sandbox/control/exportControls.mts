import { Readable } from 'node:stream';
import {
	expectedImports,
	publisherExport,
	type ExportDamage,
	type ExportKind,
	type PublisherExportOptions,
} from '../dashboard/publisherExports.mts';
import type { Action } from './action.mts';
import { ControlFile } from './controlFile.mts';

/** The exports by the name of their file, as the dashboard's pages are called. */
const FILES: Readonly<Record<string, ExportKind>> = {
	'Publisher Overview.csv': 'overview',
	'My Publishers.csv': 'myPublishers',
};

/** What is wrong in an advertiser's export on a usual day. */
const USUAL_DAMAGE: ExportDamage = {
	noSiteId: 1,
	shortenedSiteId: 1,
	contradicted: 1,
	repeated: 1,
	badEmail: 2,
	badUrl: 1,
};

const CHOICES = {
	dates: ['mdy', 'dmy', 'iso'],
	delimiter: [',', ';', '\t'],
	encoding: ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1252'],
} as const;

const DAMAGES = [
	...['noSiteId', 'shortenedSiteId', 'contradicted', 'repeated'],
	...['badEmail', 'badUrl', 'badDate', 'noName'],
];

/** The dashboard's exports of publishers as files, and what a converter must arrive at. */
export const EXPORT_ACTIONS: Record<string, Action> = {
	'GET publisher-exports': (_, { query, origin }) => ({
		files: Object.keys(FILES).map((name) => {
			const asked = query.size > 0 ? `?${query}` : '';
			return `${origin}/__sandbox/publisher-exports/${encodeURIComponent(name)}${asked}`;
		}),
		expected: expectedImports(exportOptions(query)),
	}),
	'GET publisher-exports/*': (_, { query, rest }) => {
		const name = decodeURIComponent(rest);
		if (!Object.hasOwn(FILES, name)) {
			throw new Error(`the exports are ${Object.keys(FILES).join(' and ')}`);
		}
		const content = publisherExport(FILES[name]!, exportOptions(query));
		return new ControlFile(name, 'text/csv', Readable.from(content));
	},
};

/** `?count=&seed=&dates=&delimiter=&encoding=&otherColumns=true&ambiguousDates=true&badEmail=2…` */
function exportOptions(query: URLSearchParams): PublisherExportOptions {
	const options: Record<string, unknown> = {};
	const damage: Record<string, number> = {};
	for (const [name, value] of query) {
		if (name === 'count' || name === 'seed') options[name] = wholeNumber(name, value);
		else if (DAMAGES.includes(name)) damage[name] = wholeNumber(name, value);
		else if (name === 'otherColumns' || name === 'ambiguousDates') options[name] = value === 'true';
		else if (Object.hasOwn(CHOICES, name)) {
			const choices: readonly string[] = CHOICES[name as keyof typeof CHOICES];
			if (!choices.includes(value)) throw new Error(`${name} is one of ${choices.join(' ')}`);
			options[name] = value;
		} else throw new Error(`exports have no "${name}"`);
	}
	const hasOwnDamage = Object.keys(damage).length > 0;
	return { ...options, damage: hasOwnDamage ? damage : USUAL_DAMAGE };
}

function wholeNumber(name: string, text: string): number {
	if (/^\d{1,8}$/.test(text)) return Number(text);
	throw new Error(`${name} is a whole number, not "${text}"`);
}
