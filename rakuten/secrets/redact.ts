import { findToken, percentDecoded, tokenContents, tokenStart } from './tokenShape';

const hidden = '***';

/** What may stand between two characters of a token that was wrapped or escaped. */
const gap = '(?:\\s|\\\\[nrt])*';

const namedToken = /(token(?:=|%(?:25)*3D|\\u003d))[^&#\s"'<>\\]*/gi;
const quotedToken = /((?:\\*["'])?\b\w*token(?:\\*["'])?\s*:\s*(\\*["']))(?:(?!\2).)*/gis;
const tokenBlob = new RegExp(
	`${tokenStart}[A-Za-z0-9+/=%_-]*(?:\\s*[\\r\\n]\\s*[A-Za-z0-9+/=%_-]{16,})*`,
	'g',
);
const serializedToken = /("Token\\*";s:\d+:\\*")[^"\\]+/gi;

/**
 * Takes every trace of a report token out of a text: the values of `token=` and `"token":`, the
 * token as it is, percent-encoded once or more, with blanks for `+`, wrapped over lines or escaped
 * for JSON, any other text that begins like a report token, the security token inside it, and any
 * piece of 16 characters or more of either. Every error, log line, hint and output item that quotes
 * something from outside passes through here.
 *
 * @param token the token in use, in any form; without it only what is recognisably a token is taken
 */
export function redactToken(text: string, token?: string): string {
	const secrets = secretsOf(token ?? '', text);
	const clean = withoutWhole(text, secrets)
		.replace(tokenBlob, hidden)
		.replace(namedToken, `$1${hidden}`)
		.replace(quotedToken, `$1${hidden}`)
		.replace(serializedToken, `$1${hidden}`);
	return withoutPieces(clean, secrets);
}

/**
 * Takes these secrets out of a text in the same forms as redactToken does a report token, and every
 * piece of 16 characters or more of them.
 */
export function redactSecrets(text: string, secrets: readonly string[]): string {
	// Something this short is no secret; hiding it everywhere would make texts unreadable.
	const known = secrets.filter((secret) => secret.length >= 6);
	return withoutPieces(withoutWhole(text, known), known, /[\w.~+/=-]{16,}/g);
}

function withoutWhole(text: string, secrets: readonly string[]): string {
	let clean = text;
	for (const secret of secrets) clean = clean.replace(everyFormOf(secret), hidden);
	return clean;
}

/** The token in use and any in the text itself, each with the security token it holds. */
function secretsOf(token: string, text: string): string[] {
	const tokens = [token, text].flatMap((source) => {
		const found = findToken(source);
		return typeof found === 'object' ? [found.token] : [];
	});
	const given = /token=([^&\s]+)/i.exec(token)?.[1] ?? token.trim();
	if (!given.includes('://')) tokens.push(given, percentDecoded(given));
	const inside = tokens.map((each) => tokenContents(each)?.securityToken ?? '');
	const all = new Set([...tokens, ...inside]);
	// Something this short is no token; hiding it everywhere would make texts unreadable.
	return [...all].filter((secret) => secret.length >= 6);
}

function everyFormOf(secret: string): RegExp {
	const characters = [...secret].map((character) => {
		const plain = character.replace(/[^A-Za-z0-9]/, '\\$&');
		if (/[A-Za-z0-9_.~-]/.test(character)) return plain;
		const hex = character.charCodeAt(0).toString(16).padStart(2, '0');
		const blank = character === '+' ? '| ' : '';
		return `(?:\\\\?${plain}|%(?:25)*${hex}|\\\\u00${hex}${blank})`;
	});
	return new RegExp(characters.join(gap), 'gi');
}

const pieceLength = 16;

/** @param runs where pieces are looked for: texts of the characters that the secrets are made of */
function withoutPieces(
	text: string,
	secrets: readonly string[],
	runs = /[A-Za-z0-9+/=]{16,}/g,
): string {
	const pieces = new Set<string>();
	for (const secret of secrets) {
		for (let at = 0; at + pieceLength <= secret.length; at++) {
			pieces.add(secret.slice(at, at + pieceLength).toLowerCase());
		}
	}
	if (pieces.size === 0) return text;
	return text.replace(runs, (run) => {
		const folded = run.toLowerCase();
		for (let at = 0; at + pieceLength <= folded.length; at++) {
			if (pieces.has(folded.slice(at, at + pieceLength))) return hidden;
		}
		return run;
	});
}
