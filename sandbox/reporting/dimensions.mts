import { kindOf } from '../account/lines.mts';
import { OWN_SITES, PUBLISHERS, type Publisher } from '../account/publishers.mts';
import { dateText, localDay, localTime } from '../account/zones.mts';
import type { Entry, Wording } from './cell.mts';
import { dateParts } from './languages.mts';

/** The text of a cell, or undefined where the value is missing. */
type Dimension = (entry: Entry, wording: Wording) => string | undefined;

const present = (text: string | undefined) => (text === '' ? undefined : text);

const transactionAt = ({ line, activity }: Entry) => line?.transactionAt ?? activity!.at;
const processAt = ({ line, activity }: Entry) => line?.processAt ?? activity!.at;
const offerOf = ({ advertiser, line, activity }: Entry) =>
	advertiser.offers[(line ?? activity!).offer]!;
const linkOf = ({ advertiser, line, activity }: Entry) =>
	advertiser.links[(line ?? activity!).link]!;

/** An advertiser sees the partner; a publisher sees which of its own sites it was. */
function publisherOf({ line, activity }: Entry, { side }: Wording): Publisher {
	if (side === 'publisher') return OWN_SITES[line?.secondSite ? 1 : 0]!;
	return PUBLISHERS[(line ?? activity!).publisher]!;
}

/** `m/d/yy` without leading zeros, in the zone asked for. */
function dateOf(day: number, { language, dateSeparator, settings }: Wording): string {
	const [year, month, date] = dateText(day).split('-').map(Number);
	const years = String(year).slice(-settings.yearDigits);
	return dateParts(language, years, String(month), String(date)).join(dateSeparator);
}

function networkText({ advertiser: { network } }: Entry, { settings }: Wording): string {
	if (settings.networkStyle === 'name') return network.country;
	if (settings.networkStyle === 'id') return String(network.id);
	return `${network.id} - ${network.country}`;
}

/** The columns that say when, for the transaction or the process date. */
function calendar(name: string, instant: (entry: Entry) => number): Array<[string, Dimension]> {
	const day = (entry: Entry, { zone }: Wording) => localDay(instant(entry), zone);
	const named =
		(options: Intl.DateTimeFormatOptions): Dimension =>
		(entry, wording) =>
			new Date(day(entry, wording) * 86_400_000).toLocaleDateString('en-US', {
				...options,
				timeZone: 'UTC',
			});
	// 1970-01-01 was a Thursday; weeks begin on Sunday.
	const weekBegin = (entry: Entry, wording: Wording) => {
		const number = day(entry, wording);
		return number - ((number + 4) % 7);
	};
	return [
		[`${name} date`, (entry, wording) => dateOf(day(entry, wording), wording)],
		[`${name} time`, (entry, { zone }) => localTime(instant(entry), zone)],
		[`${name} year`, named({ year: 'numeric' })],
		[`${name} month`, named({ month: 'long' })],
		[`${name} month and year`, named({ month: 'long', year: 'numeric' })],
		[`${name} month-day`, named({ month: 'short', day: 'numeric' })],
		[`${name} day of week`, named({ weekday: 'long' })],
		[`${name} week begin date`, (entry, wording) => dateOf(weekBegin(entry, wording), wording)],
		[`${name} week end date`, (entry, wording) => dateOf(weekBegin(entry, wording) + 6, wording)],
	];
}

const advertiserId: Dimension = ({ advertiser }) => String(advertiser.mid);
const u1: Dimension = ({ line, activity }, wording) =>
	present(line ? wording.u1Of(line) : activity!.u1);
const sku: Dimension = ({ line }) => line?.sku;
const subPublisherId: Dimension = (entry, wording) => publisherOf(entry, wording).subPublisher?.id;

/** Columns that are not sums, by header in lower case, other spellings met in the field included. */
export const DIMENSIONS: ReadonlyMap<string, Dimension> = new Map<string, Dimension>([
	...calendar('transaction', transactionAt),
	...calendar('process', processAt),
	['transaction created on date', (entry, w) => dateOf(localDay(processAt(entry), w.zone), w)],
	['transaction created on time', (entry, { zone }) => localTime(processAt(entry), zone)],
	['member id (u1)', u1],
	['member id', u1],
	['u1', u1],
	['mid', advertiserId],
	['advertiser id', advertiserId],
	['advertiser name', ({ advertiser }) => advertiser.name],
	['order id', ({ line }) => line?.orderId],
	['transaction id', ({ line }) => line?.transactionId],
	['sku', sku],
	['sku number', sku],
	['product name', productName],
	['currency', ({ advertiser }) => advertiser.currency],
	['network', networkText],
	['network id', ({ advertiser }) => String(advertiser.network.id)],
	['consumer country', ({ advertiser }) => advertiser.network.country],
	['commission status', ({ line }) => line && (kindOf(line) === 'zero' ? 'Unpaid' : 'Paid')],
	['order status', ({ line }) => line && (line.correction ? 'Corrected' : 'Ordered')],
	['non-commissionable order id', ({ line }) => line?.orderId],
	['non-commissionable reason', ({ line }) => line && 'Excluded item'],
	['offer id', (entry) => String(offerOf(entry).id)],
	['offer name', (entry) => offerOf(entry).name],
	['offer group id', (entry) => String(offerOf(entry).id % 1000)],
	['link id', (entry) => String(linkOf(entry).id)],
	['link name', (entry) => linkOf(entry).name],
	['link type', (entry) => linkOf(entry).type],
	['link size', (entry) => present(linkOf(entry).size)],
	['converting site name', (entry, wording) => publisherOf(entry, wording).name],
	['publisher id', (entry, wording) => String(publisherOf(entry, wording).id)],
	['publisher name', (entry, wording) => publisherOf(entry, wording).name],
	['publisher url', (entry, wording) => publisherOf(entry, wording).url],
	['publisher encrypted id', (entry, wording) => publisherOf(entry, wording).encryptedId],
	['publisher group id', (entry, w) => publisherOf(entry, w).group?.id.toString()],
	['publisher group name', (entry, w) => publisherOf(entry, w).group?.name],
	['sub-publisher id', subPublisherId],
	['sub-publihser id', subPublisherId],
	['sub-publisher name', (entry, w) => publisherOf(entry, w).subPublisher?.name],
	['sub-publisher url', (entry, w) => publisherOf(entry, w).subPublisher?.url],
]);

/** Columns the reporting tool offers and this account has nothing for. */
export const EMPTY_COLUMNS: ReadonlySet<string> = new Set(
	`consumer city|consumer region|item coupon code(s)|order coupon code(s)|product brand|product category
	|click ip address|customer id|customer score|customer status|landing url|referrer url|ship-to country
	|signature match date|signature match time|booking consumed date|order ship date|tax excempt
	|in-store address|in-store city|in-store country|in-store id|in-store name|in-store state
	|in-store zip code|browser|browser major version|browser name|browser version
	|consumer connection speed|device|mobile operating system|publishers per group`
		.replace(/\s*\n\s*/g, '')
		.split('|'),
);

function productName({ line }: Entry, { settings }: Wording): string | undefined {
	if (!settings.lineBreaksInNames || !line?.productName.includes(' '))
		return present(line?.productName);
	return line.productName.replace(' ', '\n');
}
