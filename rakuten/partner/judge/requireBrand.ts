import { RakutenProblem } from '../../problem';
import type { PartnerSource } from '../read/partnerSource';

/** Throws a RakutenProblem where no brand was given and not every source has a column for it. */
export function requireBrand(brand: string, sources: readonly PartnerSource[]): void {
	if (brand !== '' || sources.every(({ header }) => header.placeOf.has('brand'))) return;
	throw new RakutenProblem(
		'noBrand',
		"'Brand' is empty",
		'Mediarails keeps partners by brand. Enter the brand as it is called there. Only a file with its own Brand column can do without it.',
	);
}
