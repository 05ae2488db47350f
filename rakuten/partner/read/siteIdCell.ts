import type { Finding } from './findings';
import { withHiddenShown, withoutHidden } from './hiddenCharacters';

export interface SiteIdReading {
	/** The digits; undefined where none can be used. */
	readonly siteId: string | undefined;
	readonly finding?: Finding;
}

const mostDigits = 18;

/**
 * Reads a publisher's Site ID, a number. Forms that a spreadsheet or a web page gives a number
 * without losing digits (`3,771,737`, `3’771’737`, `3771737.0`, `'3771737`, `="3771737"`,
 * `03771737`, invisible characters) are taken; those that lose some are named.
 */
export function readSiteIdCell(cell: string): SiteIdReading {
	const text = cell.trim();
	if (isNumber(text)) return { siteId: text };
	const bare = withoutHidden(text).trim();
	if (bare === '') return unusable('No Site ID');
	const digits = digitsOf(bare);
	const shown = `"${withHiddenShown(text.slice(0, 40))}"`;
	if (isNumber(digits)) {
		return {
			siteId: digits,
			finding: { kind: 'siteIdRewritten', text: `Site ID is written ${shown}; ${digits} is used` },
		};
	}
	if (/^\d(?:[.,]\d+)?e\+?\d+$/i.test(bare)) {
		return unusable(`Site ID ${shown} was shortened by a spreadsheet; its digits are lost`);
	}
	if (/^#+$/.test(bare)) {
		return unusable(`Site ID ${shown} was hidden by a spreadsheet whose column was too narrow`);
	}
	return unusable(`Site ID ${shown} is not a number`);
}

/** Groups of three digits, with the separators of any country. */
const grouped = /^\d{1,3}([., \u00a0\u202f'’])\d{3}(?:\1\d{3})+$/;
/** Groups as in India. */
const groupedInPairs = /^\d{1,2}(?:,\d{2})+,\d{3}$/;
/** A thousand or a whole number with three decimals: nobody can say. */
const unclear = /^\d{1,3}[.,]000$/;

function digitsOf(bare: string): string {
	const text = bare
		.replace(/^="(.*)"$/, '$1')
		.replace(/^['’]+/, '')
		.trim();
	const whole = grouped.test(text) || groupedInPairs.test(text) ? text.replace(/\D/g, '') : text;
	const digits = unclear.test(whole) ? whole : whole.replace(/[.,]0+$/, '');
	return digits.replace(/^0+(?=\d)/, '');
}

const isNumber = (text: string) => text.length <= mostDigits && /^[1-9]\d*$/.test(text);

const unusable = (text: string): SiteIdReading => ({
	siteId: undefined,
	finding: { kind: 'noSiteId', text },
});
