import { RakutenProblem } from '../problem';
import { countText } from '../countText';
import { withoutEnds } from '../withoutEnds';

const whereItIs =
	'The site ID is the 7-digit number after "Site ID" in the top right corner of the Rakuten dashboard.';

/**
 * Reads the Site ID field: the number (SID) of one of the publisher's sites.
 *
 * A site ID has 7 digits (help articles; a lost digit would label every row incorrectly, so no
 * other length is accepted). The dashboard's label may be pasted with it. The credential decides
 * whether the field may be blank.
 *
 * @returns the digits, or undefined for a blank field
 * @throws RakutenProblem if the text is something else, such as the 11-character ID in links
 */
export function readSiteId(text: string): string | undefined {
	const value = withoutEnds(text.trim().replace(/^(?:site\s*id|sid)\s*[:#=]?\s*/i, ''), /["'“”]/);
	if (value === '') return undefined;
	if (/^\d{7}$/.test(value)) return value;
	if (/^[A-Za-z0-9*/._+-]{11}$/.test(value) && !/^\d+$/.test(value)) {
		throw new RakutenProblem(
			'linkIdInsteadOfSiteId',
			"'Site ID' holds the 11-character ID that is used in links",
			`That ID stands for the site inside affiliate links. ${whereItIs}`,
		);
	}
	if (/^\d+$/.test(value)) {
		throw new RakutenProblem(
			'siteIdLength',
			`'Site ID' has ${countText(value.length, 'digit')} instead of 7`,
			value.length <= 5
				? `A number this short is usually an advertiser ID (MID). ${whereItIs}`
				: whereItIs,
		);
	}
	throw new RakutenProblem('siteIdNotNumeric', "'Site ID' is not a 7-digit number", whereItIs);
}
