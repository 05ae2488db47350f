import { withoutEnds } from '../../rakuten/withoutEnds';

const mostLetters = 60;

/** A text as part of a file name: letters and digits of any script, all else as hyphens. */
const filePart = (text: string): string =>
	withoutEnds(
		text
			.normalize('NFC')
			.replace(/[^\p{L}\p{M}\p{N}_.]+/gu, '-')
			.slice(0, mostLetters),
		/[-.]/,
	);

/** Name of the import without number and extension: `Mediarails_Acme-Shoes_2026-11-21`. */
export const importName = (brand: string, day: string): string =>
	['Mediarails', filePart(brand), day].filter((part) => part !== '').join('_');

/** Name of a file of rejected rows, told apart by the source they come from. */
export const rejectedName = (
	brand: string,
	day: string,
	layoutName: string,
	file: number,
): string =>
	[importName(brand, day), 'rejected', filePart(layoutName), ...(file > 1 ? [file] : [])].join('_');

/** A name that the user gave, made safe for a file system; empty if nothing is left of it. */
export const givenName = (name: string): string => filePart(name.replace(/\.csv$/i, ''));
