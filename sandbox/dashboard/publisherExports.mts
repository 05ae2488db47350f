import { Random } from '../account/random.mts';
import { dateText, dayNumber } from '../account/zones.mts';

/** The dashboard's two exports of an advertiser's publishers. */
export type ExportKind = 'overview' | 'myPublishers';

/** What is wrong with a row of the Publisher Overview, and how many rows have it. */
export interface ExportDamage {
	/** Site ID empty. */
	noSiteId?: number;
	/** Site ID as a spreadsheet shortens it, 3.77E+06. */
	shortenedSiteId?: number;
	/** A second row with the same Site ID and another name. */
	contradicted?: number;
	/** The same row again. */
	repeated?: number;
	/** E-mail "n/a". */
	badEmail?: number;
	/** URL "none yet". */
	badUrl?: number;
	/** Join date "unknown". */
	badDate?: number;
	/** No name. */
	noName?: number;
}

export interface PublisherExportOptions {
	seed?: number;
	/** Publishers in either export; 200 by default. */
	count?: number;
	/** Share of publishers that are in one export only; 0.05 each by default. */
	onlyOverview?: number;
	onlyMyPublishers?: number;
	/** `2/22/2019`, `22/2/2019` or `2019-02-22`; the month first by default. */
	dates?: 'mdy' | 'dmy' | 'iso';
	/** Days of the month up to the 12th only, so that no date shows which number is the month. */
	ambiguousDates?: boolean;
	delimiter?: ',' | ';' | '\t';
	encoding?: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'windows-1252';
	/** Columns in a different order, with others between them. */
	otherColumns?: boolean;
	damage?: ExportDamage;
}

/** What a converter must arrive at. */
export interface ExpectedCounts {
	/** Data rows of a file. */
	read: number;
	rejected: number;
	/** Rows of the import. */
	ready: number;
	/** Rows of the other export that are part of another row's. */
	joined: number;
	/** Rows that repeat an earlier one. */
	repeated: number;
}

export interface ExpectedImports {
	overviewAlone: ExpectedCounts & { withWarnings: number };
	myPublishersAlone: ExpectedCounts;
	both: ExpectedCounts & { onlyOverview: number; onlyMyPublishers: number };
}

type DamageKind = keyof ExportDamage;

interface ExportedPublisher {
	siteId: string;
	name: string;
	urls: string;
	email: string;
	joined: string;
	group: string;
	categories: string;
	inOverview: boolean;
	inMyPublishers: boolean;
	damage: DamageKind | undefined;
}

const HEADERS: Record<ExportKind, readonly string[]> = {
	overview: ['Site ID', 'Publisher Name', 'URL', 'Email', 'Join Date'],
	myPublishers: ['Site ID', 'Publisher Name', 'URL', 'Group', 'Join Date', 'Publisher Categories'],
};

const OTHER_COLUMNS = ['Status', 'Business Model', 'Notes'];

/** All of these can be written in Windows-1252. */
const FIRST_WORDS = ['Amber', 'Café', 'Größe', '=Deals', '+Plus', 'L’Œuvre', '"Daily"', 'Ñandú'];
const SECOND_WORDS = ['Reviews', 'Savings, Ltd', 'Journal; Paris', 'Guide', 'Cash-back €', '& Co.'];
const GROUPS = ['', '', 'VIP', 'Content, top tier', 'Coupons; "deals"', 'Loyalty\nEurope'];
const CATEGORIES = ['Fashion', 'Home & Garden', 'Travel', 'Food, Drink', 'Électronique'];

/** Days on which publishers joined. */
const FIRST_JOIN = dayNumber('2009-03-01')!;
const LAST_JOIN = dayNumber('2026-02-28')!;

/** Size of a piece in characters. */
const PIECE = 64 * 1024;

/**
 * An export as bytes, in pieces, so that a million publishers need no memory. The same options give
 * the same bytes, and both exports hold the same publishers: with e-mails left out by publishers
 * who opted out, bare domains, several URLs in a cell, quoted line breaks and delimiters, letters
 * of several languages, missing groups, and some publishers in one of the two only.
 */
export function* publisherExport(
	kind: ExportKind,
	options: PublisherExportOptions = {},
): Generator<Buffer> {
	const { delimiter = ',', encoding = 'utf-8', seed = 1 } = options;
	const columns = columnsOf(kind, options);
	const writeRow = (cells: Record<string, string>) =>
		`${columns.map((name) => cellText(cells[name] ?? '', delimiter)).join(delimiter)}\r\n`;
	let piece = encoding === 'utf-8' || encoding === 'windows-1252' ? '' : '\uFEFF';
	piece += writeRow(Object.fromEntries(columns.map((name) => [name, name])));
	for (const publisher of publishers(options)) {
		const random = new Random(seed, 'others', kind, publisher.siteId);
		for (const cells of rowsOf(publisher, kind)) {
			cells.Status = random.pick(['Approved', 'Approved', 'Temp removed']);
			cells['Business Model'] = random.pick(['Content', 'Coupon', 'Loyalty', '']);
			cells.Notes = random.chance(0.05) ? 'called "back",\r\nwill answer' : '';
			piece += writeRow(cells);
		}
		if (piece.length < PIECE) continue;
		yield encoded(piece, encoding);
		piece = '';
	}
	if (piece !== '') yield encoded(piece, encoding);
}

/** The whole export in one piece. */
export const publisherExportFile = (
	kind: ExportKind,
	options: PublisherExportOptions = {},
): Buffer => Buffer.concat([...publisherExport(kind, options)]);

/** What a converter must arrive at, derived from the publishers and not from the files. */
export function expectedImports(options: PublisherExportOptions = {}): ExpectedImports {
	const overviewAlone = { ...nothing(), withWarnings: 0 };
	const myPublishersAlone = nothing();
	const both = { ...nothing(), onlyOverview: 0, onlyMyPublishers: 0 };
	for (const { inOverview, inMyPublishers, damage } of publishers(options)) {
		const rows = damage === 'contradicted' || damage === 'repeated' ? 2 : 1;
		const isLost = damage === 'noSiteId' || damage === 'shortenedSiteId';
		const isRefused = isLost || damage === 'contradicted';
		if (inOverview) {
			for (const counts of [overviewAlone, both]) {
				counts.read += rows;
				if (isRefused) counts.rejected += rows;
				else counts.ready++;
				if (damage === 'repeated') counts.repeated++;
			}
			if (damage !== undefined && !isRefused) overviewAlone.withWarnings++;
		}
		if (inMyPublishers) {
			myPublishersAlone.read++;
			myPublishersAlone.ready++;
			both.read++;
			if (inOverview && !isRefused) both.joined++;
			else both.ready++;
		}
		if (inOverview && !inMyPublishers && !isRefused) both.onlyOverview++;
		// A row without its number does not show whose it is.
		if (inMyPublishers && (!inOverview || isLost)) both.onlyMyPublishers++;
	}
	return { overviewAlone, myPublishersAlone, both };
}

const nothing = (): ExpectedCounts => ({
	read: 0,
	rejected: 0,
	ready: 0,
	joined: 0,
	repeated: 0,
});

/** The publishers of both exports, one after the other; none is kept. */
function* publishers(options: PublisherExportOptions): Generator<ExportedPublisher> {
	const { seed = 1, count = 200, onlyOverview = 0.05, onlyMyPublishers = 0.05 } = options;
	const damages = damagePlan(options.damage ?? {}, count);
	for (let index = 0; index < count; index++) {
		const random = new Random(seed, 'publisher', index);
		const damage = damages.get(index);
		const place = random.next();
		// Damaged publishers are in both, so that its fate is the same whatever the shares.
		const isOnlyOverview = damage === undefined && place < onlyOverview;
		const isOnlyMine = damage === undefined && place > 1 - onlyMyPublishers;
		yield {
			...identity(random, index, options),
			inOverview: !isOnlyMine,
			inMyPublishers: !isOnlyOverview,
			damage,
		};
	}
}

function identity(random: Random, index: number, options: PublisherExportOptions) {
	const name = `${random.pick(FIRST_WORDS)} ${random.pick(SECOND_WORDS)} ${index}`;
	const domain = `site-${index}.example`;
	const urls = random.pick([
		`https://www.${domain}/`,
		`http://${domain}`,
		domain,
		`https://${domain}/a,b?c=1;https://shop.${domain}`,
		`www.${domain}, blog.${domain}`,
		`https://${domain}\nhttps://m.${domain}`,
	]);
	const categories = CATEGORIES.filter(() => random.chance(0.3));
	return {
		siteId: String(3_000_000 + index * 3 + random.whole(0, 2)),
		name,
		urls,
		// Publishers may opt out of showing theirs.
		email: random.chance(0.2) ? '' : `partner${index}@${domain}`,
		joined: joinDate(random, options),
		group: random.pick(GROUPS),
		categories: categories.join('|'),
	};
}

function joinDate(random: Random, { dates = 'mdy', ambiguousDates }: PublisherExportOptions) {
	const [year, month, day] = dateText(random.whole(FIRST_JOIN, LAST_JOIN)).split('-').map(Number);
	// The 13th and later days show it; a day that equals its month shows nothing.
	const shown = ambiguousDates ? ((day! + month!) % 12) + 1 : day!;
	if (dates === 'iso') return `${year}-${twoDigits(month!)}-${twoDigits(shown)}`;
	return dates === 'mdy' ? `${month}/${shown}/${year}` : `${shown}/${month}/${year}`;
}

const twoDigits = (number: number) => String(number).padStart(2, '0');

/** Which publishers are damaged, evenly over all of them. */
function damagePlan(damage: ExportDamage, count: number): Map<number, DamageKind> {
	const kinds = Object.entries(damage).flatMap(([kind, rows = 0]) =>
		Array.from({ length: rows }, () => kind as DamageKind),
	);
	if (kinds.length > count) throw new Error('There are fewer publishers than damages');
	return new Map(
		kinds.map((kind, index) => [Math.floor(((index + 0.5) * count) / kinds.length), kind]),
	);
}

/** The rows of a publisher in an export, by header; none where it is in the other only. */
function rowsOf(publisher: ExportedPublisher, kind: ExportKind): Array<Record<string, string>> {
	const { damage } = publisher;
	const row: Record<string, string> = {
		'Site ID': publisher.siteId,
		'Publisher Name': publisher.name,
		URL: publisher.urls,
		'Join Date': publisher.joined,
	};
	if (kind === 'myPublishers') {
		if (!publisher.inMyPublishers) return [];
		return [{ ...row, Group: publisher.group, 'Publisher Categories': publisher.categories }];
	}
	if (!publisher.inOverview) return [];
	row.Email = publisher.email;
	if (damage === 'noSiteId') row['Site ID'] = '';
	if (damage === 'shortenedSiteId') row['Site ID'] = '3.77E+06';
	if (damage === 'badEmail') row.Email = 'n/a';
	if (damage === 'badUrl') row.URL = 'none yet';
	if (damage === 'badDate') row['Join Date'] = 'unknown';
	if (damage === 'noName') row['Publisher Name'] = '';
	if (damage === 'repeated') return [row, { ...row }];
	if (damage === 'contradicted')
		return [row, { ...row, 'Publisher Name': `${row['Publisher Name']} II` }];
	return [row];
}

function columnsOf(kind: ExportKind, options: PublisherExportOptions): string[] {
	const columns = [...HEADERS[kind]];
	if (!options.otherColumns) return columns;
	const random = new Random(options.seed ?? 1, 'columns', kind);
	columns.push(...OTHER_COLUMNS);
	for (let at = columns.length - 1; at > 0; at--) {
		const other = random.whole(0, at);
		[columns[at], columns[other]] = [columns[other]!, columns[at]!];
	}
	return columns;
}

const cellText = (text: string, delimiter: string): string =>
	/["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;

/** The letters used here that Windows-1252 has between 128 and 159. */
const WINDOWS_1252: Readonly<Record<string, number>> = { '€': 0x80, Œ: 0x8c, '’': 0x92, œ: 0x9c };

function encoded(text: string, encoding: PublisherExportOptions['encoding']): Buffer {
	if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
	if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
	if (encoding !== 'windows-1252') return Buffer.from(text, 'utf8');
	return Buffer.from([...text].map((letter) => WINDOWS_1252[letter] ?? letter.charCodeAt(0)));
}
