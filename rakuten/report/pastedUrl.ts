import { percentDecoded } from '../secrets/tokenShape';
import { withoutEnds } from '../withoutEnds';

/** Undoes what mail programs, editors and web pages do to a long URL: wrapping, `&amp;`, spaces. */
export function unwrapped(text: string): string {
	const lines = text
		.replace(/[\u200b-\u200d\ufeff\u00ad]/g, '')
		.replace(/&(?:amp;)+/gi, '&')
		.split(/[\r\n]/)
		.map((line) => line.trim())
		.filter((line) => line !== '');
	let joined = '';
	let isUrl = false;
	for (const line of lines) {
		const goesOn: boolean = isUrl && !line.includes('//') && /^\S*[=&%?/]/.test(line);
		joined += goesOn ? line : `\n${line}`;
		isUrl = /\/\/|[\w-]\.\w+\/|\/reports\//.test(line) || goesOn;
	}
	return joined
		.split('&')
		.map((part) => withoutEnds(part, / /))
		.join('&')
		.trim();
}

/**
 * The address in a URL, from everything written before its path: scheme and host, without user name
 * and password, and the folder before the last segment if there is one.
 */
export function readOrigin(before: string): { origin?: string; folder: string } {
	const written = before.split(/[\s"'<>()[\]]/).at(-1) ?? '';
	const at = [...written.matchAll(/https?:\/\//gi)].at(-1)?.index ?? -1;
	const scheme = /^http:/i.test(at < 0 ? '' : written.slice(at)) ? 'http' : 'https';
	const place =
		at < 0 ? written.replace(/^.*?\/\//, '') : written.slice(at).replace(/^.*?\/\//, '');
	const [host, ...folders] = place.split('/').filter((segment) => segment !== '');
	const name = host?.replace(/^.*@/, '') ?? '';
	const isHost = /^[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?$/i.test(name) && /[.:]|^localhost$/i.test(name);
	return isHost
		? { origin: `${scheme}://${name}`, folder: folders.join('/') }
		: { folder: place.replace(/^\/+/, '') };
}

/**
 * Parameters by name, from pairs of path segments (`/start-date/2026-01-01`) and from the query.
 * Names are in lower case with underscores, values percent-decoded once.
 */
export function readParameters(pathAndQuery: string): Map<string, string[]> {
	const parameters = new Map<string, string[]>();
	const add = (name: string, value: string) => {
		const known = percentDecoded(name)
			.toLowerCase()
			.replaceAll('-', '_')
			.replace(/\[\d*\]$/, '');
		parameters.set(known, [...(parameters.get(known) ?? []), decodedOnce(value).trim()]);
	};
	const [path, query = ''] = splitAtFirst(pathAndQuery, '?');
	const segments = path.split('/').slice(1);
	for (let at = 0; at + 1 < segments.length; at += 2) add(segments[at], segments[at + 1]);
	for (const pair of query.split('&')) {
		const [name, value] = splitAtFirst(pair, '=');
		if (value !== undefined) add(name, value);
	}
	return parameters;
}

function splitAtFirst(text: string, separator: string): [string, string?] {
	const at = text.indexOf(separator);
	return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decodedOnce(value: string): string {
	try {
		return decodeURIComponent(value);
	} catch {
		return value;
	}
}
