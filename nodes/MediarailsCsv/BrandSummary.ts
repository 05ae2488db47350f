import type { IDataObject } from 'n8n-workflow';

import { CsvSource } from '../../rakuten/partner/read/CsvSource';
import { joinDateFormatNames } from '../../rakuten/partner/read/joinDate';
import type { FindingCount } from '../../rakuten/partner/judge/PartnerAccount';
import { uploadPlace } from '../../rakuten/partner/read/partnerColumns';
import type { PartnerSource } from '../../rakuten/partner/read/partnerSource';
import type { BrandWork } from './brandWork';

/** Tells what a conversion did: to be asked once all rows have been written. */
export class BrandSummary {
	constructor(
		private readonly work: BrandWork,
		private readonly notes: readonly string[],
	) {}

	/** What the item beside the file holds. */
	json(): IDataObject {
		const { conversion, plan, sources } = this.work;
		const { account } = conversion;
		const { brand, network } = plan.conversion;
		return {
			message: this.message(),
			...(account.ready > 0 ? { uploadAt: `Mediarails: ${uploadPlace}` } : {}),
			brand,
			network,
			read: account.read,
			kept: account.kept,
			rejected: account.rejected,
			ready: account.ready,
			joined: account.joined,
			repeated: account.repeated,
			withWarnings: account.withWarnings,
			rejectedByReason: reasons(account.rejectedByReason),
			warnings: reasons(account.warningsByKind),
			rowsWithWarnings: account.listed as unknown as IDataObject[],
			...this.oneSided(),
			blankLines: account.blankLines,
			files: sources.map(({ source }) => described(source)),
			notes: [...this.notes],
		};
	}

	/** One or two sentences for the node's panel. */
	message(): string {
		const { account, isJoin } = this.work.conversion;
		const { brand } = this.work.plan.conversion;
		const of = brand === '' ? '' : ` for ${brand}`;
		const parts = [
			`${count(account.ready, 'publisher')} ready${of}. ${count(account.read, 'row')} read = ${account.kept} kept + ${account.rejected} rejected.`,
		];
		if (isJoin) parts.push(this.joinText());
		if (account.repeated > 0) {
			parts.push(`${count(account.repeated, 'kept row')} repeated another, written once.`);
		}
		if (account.withWarnings > 0) {
			const kinds = account.warningsByKind.map(({ name, rows }) => `${rows} × ${name}`);
			parts.push(`${count(account.withWarnings, 'row')} with warnings: ${kinds.join(', ')}.`);
		}
		if (account.ready > 0) parts.push(`Upload at Mediarails: ${uploadPlace}.`);
		return [...parts, ...this.notes].join(' ');
	}

	/** A sentence about rejected rows; undefined where there are none. */
	advice(): string | undefined {
		const { account } = this.work.conversion;
		if (account.rejected === 0) return undefined;
		const why = account.rejectedByReason.map(({ name, rows }) => `${rows} × ${name}`).join(', ');
		return `${count(account.rejected, 'row')} rejected (${why}): see the output Rejected. Corrected, they can be given to this node again.`;
	}

	private joinText(): string {
		const { account, joinedNames } = this.work.conversion;
		const [main, other] = joinedNames;
		return `${account.joined} in both exports, ${account.onlyInMain.publishers} only in ${main}, ${account.onlyInOther.publishers} only in ${other}.`;
	}

	private oneSided(): IDataObject {
		const { account, isJoin, joinedNames } = this.work.conversion;
		if (!isJoin) return {};
		const [main, other] = joinedNames;
		return {
			onlyInOne: [
				{ export: main, ...account.onlyInMain },
				{ export: other, ...account.onlyInOther },
			],
		};
	}
}

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

const count = (number: number, one: string) => `${number} ${number === 1 ? one : `${one}s`}`;
