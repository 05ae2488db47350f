import { findToken, percentDecoded, tokenContents, tokenStart } from './tokenShape';
import { withoutEnd, withoutStart } from '../withoutEnds';

const hidden = '***';

/** How each kind of secret is recognized wherever it appears. A new kind is a new entry. */
const kinds: ReadonlyArray<{
	readonly pattern: RegExp;
	readonly shown: string | ((found: string) => string);
}> = [
	// A report token, also percent-encoded or wrapped over lines.
	{
		pattern: new RegExp(
			`${tokenStart}[A-Za-z0-9+/=%_-]*(?:[^\\S\\r\\n]{0,40}[\\r\\n]\\s{0,40}[A-Za-z0-9+/=%_-]{16,})*`,
			'g',
		),
		shown: hidden,
	},
	// The security token inside a report token, as PHP has serialized it.
	{ pattern: /("Token\\{0,8}";s:\d{1,9}:\\{0,8}")[^"\\]+/gi, shown: `$1${hidden}` },
	// client_secret=…, access_token=…, password=…
	{
		pattern: /((?:token|secret|password)(?:=|%(?:25)*3D|\\u003d))[^&#\s"'<>\\]*/gi,
		shown: `$1${hidden}`,
	},
	// "access_token": "…", clientSecret: '…'
	{
		pattern:
			/((?:token|secret|password)(?:\\{0,8}["'])?\s{0,40}:\s{0,40}(\\{0,8}["']))(?:(?!\2).)*/gis,
		shown: `$1${hidden}`,
	},
	// Words of a sentence that follow Bearer or Basic are shorter, except in a header.
	{
		pattern: /\b((?:Bearer|Basic)(?:\s{1,40}|%20|\+))[A-Za-z0-9._~+/=%-]{16,}/gi,
		shown: `$1${hidden}`,
	},
	{
		pattern:
			/(\bAuthorization(?:\\{0,8}["'])?\s{0,40}[:=]\s{0,40}(?:\\{0,8}["'])?(?:Bearer|Basic)(?:\s{1,40}|%20|\+))[^\s"'\\,;]+/gi,
		shown: `$1${hidden}`,
	},
	// A JSON Web Token.
	{ pattern: /[\w.-]+/g, shown: withoutWebTokens },
	// https://user:password@host
	{ pattern: /(:\/\/)[^\s/?#@:"']*:[^\s/?#@"']*@/g, shown: `$1${hidden}@` },
	// The key of one of our postback URLs, in its query or in its path.
	{
		pattern: /[?&]etransaction_id=(?:<|%3C)etransaction_id(?:>|%3E)&[^\s"']*/gi,
		shown: (query) => query.replace(/(&key=)[\w-]{43}(?![\w-])/gi, `$1${hidden}`),
	},
	{
		pattern: /(\/webhook(?:-test)?\/[0-9a-f-]{36}\/postback\/)[A-Za-z0-9_-]{16,128}/gi,
		shown: `$1${hidden}`,
	},
];

/**
 * Removes every secret from a text: those that are given, in any spelling, with every piece of 16
 * characters or more of them, and everything recognized as one of the known kinds. Every message,
 * description, hint and log line, and everything quoted from outside, passes through here. The time
 * it takes is proportional to the length of the text.
 *
 * @param known secrets in use, such as a report token in any pasted form or a client secret
 */
export function redact(text: string, known: readonly string[] = []): string {
	const secrets = [...new Set([...known.flatMap(secretsIn), ...tokensIn(text)])]
		// Something this short is not a secret; hiding it everywhere would make texts unreadable.
		.filter((secret) => secret.length >= 6);
	let clean = text;
	for (const secret of secrets) clean = clean.replace(everySpellingOf(secret), hidden);
	for (const { pattern, shown } of kinds) {
		clean = clean.replace(pattern, shown as string);
	}
	return withoutPieces(clean, secrets);
}

/** What is between dots, with `header.payload.signature` of each JSON Web Token hidden. */
function withoutWebTokens(dotted: string): string {
	const parts = dotted.split('.');
	const shown: string[] = [];
	for (let at = 0; at < parts.length; at++) {
		const start = parts[at].search(/\beyJ[\w-]{8}/);
		const isToken = start >= 0 && (parts[at + 1] ?? '').length >= 8;
		shown.push(isToken ? parts[at].slice(0, start) + hidden : parts[at]);
		if (isToken) at += 2;
	}
	return shown.join('.');
}

/** The secrets that a given text stands for: as it is, decoded, or the token in it. */
function secretsIn(given: string): string[] {
	const value = /token=([^&\s]+)/i.exec(given)?.[1] ?? given.trim();
	const plain = value.includes('://') ? [] : [value, percentDecoded(value)];
	return [...tokensIn(given), ...plain].map((secret) => withoutEnd(secret, /=/));
}

/** The report token in any text, with the security token that it holds. */
function tokensIn(text: string): string[] {
	const found = findToken(text);
	if (typeof found !== 'object') return [];
	return [found.token, tokenContents(found.token)?.securityToken ?? ''];
}

/** What may be between two characters of a secret that was wrapped or escaped. */
const gap = '(?:\\s|\\\\[nrt])*';

/**
 * A `+` of a secret is a blank where a form has decoded it, and so looks like the blanks around it:
 * any number of both is taken, and a text can be matched in one way only.
 */
const gapOrPlus = '(?:\\s|\\\\[nrt]|\\\\?\\+|%(?:25)*2[b0]|\\\\u002[b0]|-)*';

function everySpellingOf(secret: string): RegExp {
	// What may be blanks is not looked for at the start: every blank of a text would be one.
	const pieces = (withoutStart(secret, /[\s+-]/) || secret).split(/[\s+]+/);
	const spellings = pieces.map((piece) => [...piece].map(spellingsOf).join(gap));
	return new RegExp(`${spellings.join(gapOrPlus)}(?:${spellingsOf('=')})*`, 'gi');
}

/** A character as it is, escaped, percent-encoded, and as base64 and forms write it in URLs. */
function spellingsOf(character: string): string {
	const plain = character.replace(/[^A-Za-z0-9]/, '\\$&');
	if (/[A-Za-z0-9_.~-]/.test(character)) return plain;
	const hex = character.charCodeAt(0).toString(16).padStart(2, '0');
	const inUrl = character === '/' ? '|_' : '';
	return `(?:\\\\?${plain}|%(?:25)*${hex}|\\\\u00${hex}${inUrl})`;
}

const pieceLength = 16;

/** What secrets are made of. */
const runs = /[\w.~+/=-]{16,}/g;

function withoutPieces(text: string, secrets: readonly string[]): string {
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
