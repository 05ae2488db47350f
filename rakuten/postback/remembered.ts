import { hasOwnForm, readOwnUrl } from './ownUrl';
import type { Postback } from './ownUrl';
import { hostOfUrl, shownUrl } from './shownUrl';

/** What an operation says about the postback that was registered before it. */
export interface Previous extends Remembered {
	readonly previousUrl: string | null;
	readonly previousIsActive: boolean | null;
}

/** What a trigger's postback says about the one that it has replaced; null if it says nothing. */
export interface Remembered {
	readonly rememberedUrl: string | null;
	readonly rememberedIsActive: boolean | null;
}

/**
 * The postback that a trigger of this package has replaced and would restore, as its own URL
 * remembers it: it can be restored by hand if the trigger can no longer do it.
 */
export function rememberedIn(postback: Postback | undefined): Remembered {
	const none = { rememberedUrl: null, rememberedIsActive: null };
	if (!postback || !hasOwnForm(postback.url)) return none;
	const before = readOwnUrl(postback.url)?.before;
	if (!before) return none;
	const isSameN8n = hostOfUrl(before.url) === hostOfUrl(postback.url);
	return {
		rememberedUrl: shownUrl(before.url, isSameN8n),
		rememberedIsActive: before.isActive,
	};
}

/**
 * The postback that an operation has replaced or deleted, so that it can be restored by hand.
 *
 * @param isHere whether it is known to lead to this n8n
 */
export const previousIn = (postback: Postback | undefined, isHere?: boolean): Previous => ({
	previousUrl: postback ? shownUrl(postback.url, isHere) : null,
	previousIsActive: postback?.isActive ?? null,
	...rememberedIn(postback),
});
