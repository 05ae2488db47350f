import { hasOwnForm, readOwnUrl } from './ownUrl';
import type { Postback } from './ownUrl';
import { shownUrl } from './shownUrl';

/** What a trigger's postback says of the one that it has replaced; null where it says nothing. */
export interface Remembered {
	readonly rememberedUrl: string | null;
	readonly rememberedIsActive: boolean | null;
}

/**
 * The postback that a trigger of this package has replaced and would restore, as its own URL
 * remembers it: it can be put back by hand where the trigger can't do it any more.
 */
export function rememberedIn(postback: Postback | undefined): Remembered {
	const before =
		postback && hasOwnForm(postback.url) ? readOwnUrl(postback.url)?.before : undefined;
	return {
		rememberedUrl: before ? shownUrl(before.url) : null,
		rememberedIsActive: before?.isActive ?? null,
	};
}
