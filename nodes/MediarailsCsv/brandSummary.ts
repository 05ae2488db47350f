import type { IDataObject } from 'n8n-workflow';

import { countText } from '../../rakuten/countText';
import type { FindingCount } from '../../rakuten/partner/judge/PartnerAccount';
import { CsvSource } from '../../rakuten/partner/read/CsvSource';
import { joinDateFormatNames } from '../../rakuten/partner/read/joinDate';
import { uploadPlace } from '../../rakuten/partner/read/partnerColumns';
import type { PartnerSource } from '../../rakuten/partner/read/partnerSource';
import type { PartnerConversion } from '../../rakuten/partner/write/convertPartners';
import type { BrandWork } from './brandWork';

/** What a conversion did, in words and figures. */
export interface BrandSummary {
	/** What the item with the file holds besides. */
	readonly json: IDataObject;
	/** A few sentences for the node's panel. */
	readonly message: string;
	/** A sentence about rejected rows; undefined where there are none. */
	readonly advice: string | undefined;
}

export function brandSummary(
	{ plan, sources }: BrandWork,
	{ account, joinedNames }: PartnerConversion<unknown>,
	notes: readonly string[],
): BrandSummary {
	const { brand, network } = plan.conversion;
	const { read, kept, rejected, ready, joined, repeated, withWarnings, blankLines } = account;
	const { onlyInMain, onlyInOther, otherRejected, rejectedByReason, warningsByKind } = account;
	const upload = ready > 0 ? uploadPlace : undefined;

	const sentences = [
		`${countText(ready, 'publisher')} ready${brand === '' ? '' : ` for ${brand}`}.`,
		`${countText(read, 'row')} read = ${kept} kept + ${rejected} rejected.`,
		joinedNames &&
			`${joined} in both exports, ${onlyInMain.publishers} only in ${joinedNames.main}, ${onlyInOther.publishers} only in ${joinedNames.other}.`,
		otherRejected.publishers > 0 &&
			`${countText(otherRejected.publishers, 'publisher')} in both, but written from one: the row of the other was rejected.`,
		repeated > 0 && `${countText(repeated, 'kept row')} repeated another, written once.`,
		withWarnings > 0 &&
			`${countText(withWarnings, 'row')} with warnings: ${listed(warningsByKind)}.`,
		upload && `Upload at Mediarails: ${upload}.`,
		...notes,
	];
	const message = sentences.filter(Boolean).join(' ');
	const onlyInOne = joinedNames && [
		{ export: joinedNames.main, ...onlyInMain },
		{ export: joinedNames.other, ...onlyInOther },
	];
	return {
		message,
		json: {
			message,
			...(upload && { uploadAt: `Mediarails: ${upload}` }),
			brand,
			network,
			read,
			kept,
			rejected,
			ready,
			joined,
			repeated,
			withWarnings,
			rejectedByReason: reasons(rejectedByReason),
			rejectedRows: account.listedRejected as unknown as IDataObject[],
			warnings: reasons(warningsByKind),
			rowsWithWarnings: account.listed as unknown as IDataObject[],
			...(onlyInOne && { onlyInOne, otherRejected: { ...otherRejected } }),
			blankLines,
			files: sources.map(({ source }) => described(source)),
			notes: [...notes],
		},
		advice:
			rejected > 0
				? `${countText(rejected, 'row')} rejected (${listed(rejectedByReason)}): see the output Rejected. Correct them and pass them to this node again.`
				: undefined,
	};
}

const listed = (counts: readonly FindingCount[]) =>
	counts.map(({ name, rows }) => `${rows} × ${name}`).join(', ');

const reasons = (counts: readonly FindingCount[]): IDataObject[] =>
	counts.map(({ name, rows }) => ({ reason: name, rows }));

function described(source: PartnerSource): IDataObject {
	const { name, header, dateFormat } = source;
	const plain = { file: name, kind: header.layoutName };
	const dates = header.placeOf.has('joinDate')
		? { joinDateFormat: joinDateFormatNames[dateFormat] }
		: {};
	if (!(source instanceof CsvSource)) return { ...plain, ...dates };
	const { encoding, delimiter } = source.file;
	return { ...plain, ...dates, encoding, delimiter: delimiter === '\t' ? 'tab' : delimiter };
}
