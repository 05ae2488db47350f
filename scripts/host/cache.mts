import { homedir } from 'node:os';
import path from 'node:path';

const PACKAGE_NAME = 'n8n-nodes-rakuten-advertising';

/**
 * A place outside the checkout for things that take minutes to install and outlive a clone:
 * `${XDG_CACHE_HOME:-~/.cache}/n8n-nodes-rakuten-advertising/<parts…>`. Nothing is created.
 */
export function cacheFolder(...parts: string[]): string {
	const base = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
	return path.join(base, PACKAGE_NAME, ...parts);
}
