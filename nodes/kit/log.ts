import type { Logger } from 'n8n-workflow';

import { shownUrl } from '../../rakuten/postback/shownUrl';
import { redact } from '../../rakuten/secrets/redact';

type Level = 'debug' | 'info' | 'warn' | 'error';

/**
 * Writes to n8n's log, without a secret.
 *
 * @param others postback URLs of other tools, which stay whole in the log: they may have to be put
 * back by hand. One of our own is never among them.
 */
export const log = (
	{ logger }: { readonly logger: Logger },
	level: Level,
	text: string,
	others: Iterable<string> = [],
): void => {
	const whole = [...others].filter((url) => url !== '' && shownUrl(url, true) === url);
	logger[level](redactAround(text, whole));
};

function redactAround(text: string, [first, ...rest]: readonly string[]): string {
	if (first === undefined) return redact(text);
	return text
		.split(first)
		.map((part) => redactAround(part, rest))
		.join(first);
}
