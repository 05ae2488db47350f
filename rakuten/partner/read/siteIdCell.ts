import type { Finding } from './findings';

export interface SiteIdReading {
	/** The digits; undefined where none can be used. */
	readonly siteId: string | undefined;
	readonly finding?: Finding;
}

const mostDigits = 18;

/**
 * Reads a publisher's Site ID, a number. Forms that a spreadsheet gives a number without losing
 * digits (`3,771,737`, `3771737.0`, `'3771737`) are taken; those that lose some are named.
 */
export function readSiteIdCell(cell: string): SiteIdReading {
	const text = cell.trim();
	if (isNumber(text)) return { siteId: text };
	if (text === '') return unusable('No Site ID');
	const digits = /^\d{1,3}(?:([., \u00a0\u202f])\d{3})(?:\1\d{3})+$/.test(text)
		? text.replace(/\D/g, '')
		: text.replace(/^['’]+\s*/, '').replace(/[.,]0+$/, '');
	if (isNumber(digits)) {
		return {
			siteId: digits,
			finding: {
				kind: 'siteIdRewritten',
				text: `Site ID is written "${text}", as a spreadsheet would; ${digits} is used`,
			},
		};
	}
	const shown = `"${text.slice(0, 40)}"`;
	if (/^\d(?:[.,]\d+)?e\+?\d+$/i.test(text)) {
		return unusable(`Site ID ${shown} was shortened by a spreadsheet; its digits are lost`);
	}
	if (/^#+$/.test(text)) {
		return unusable(`Site ID ${shown} was hidden by a spreadsheet whose column was too narrow`);
	}
	return unusable(`Site ID ${shown} is not a number`);
}

const isNumber = (text: string) =>
	text.length <= mostDigits && /^\d+$/.test(text) && !/^0+$/.test(text);

const unusable = (text: string): SiteIdReading => ({
	siteId: undefined,
	finding: { kind: 'noSiteId', text },
});
