import { RakutenProblem } from '../problem';
import { findToken, percentDecoded, tokenContents } from '../secrets/tokenShape';
import { withoutEnds } from '../withoutEnds';

const whereItIs =
	'In the Rakuten dashboard open Reports > Reporting, choose a report, select the arrow beside View Report, then Get API. Copy the whole URL, or everything after "token=".';

/**
 * Reads the report token from whatever was pasted: the token alone, percent-encoded (the Get API
 * popup shows `%3D%3D` for `==`), with `token=` before it, with quotes or spaces around it or line
 * breaks in it, or the whole Get API URL.
 *
 * @returns the decoded token, to be percent-encoded once by the sender
 * @throws RakutenProblem saying what was pasted instead; it never contains any of the pasted text
 */
export function readReportToken(pasted: string): string {
	const found = findToken(pasted);
	if (found === 'cut off') {
		throw new RakutenProblem(
			'reportTokenCutOff',
			'The report token is incomplete: its end is missing',
			`It was probably not selected up to its end. ${whereItIs}`,
		);
	}
	if (found) return found.token;
	return readOtherMake(pasted);
}

/** Whom a token belongs to, read from the token itself without asking Rakuten. */
export function reportTokenAudience(token: string): 'publisher' | 'advertiser' | 'unknown' {
	switch (tokenContents(token)?.userType?.toLowerCase()) {
		case 'publisher':
			return 'publisher';
		case 'advertiser':
			return 'advertiser';
		default:
			return 'unknown';
	}
}

/**
 * A report token of an unknown format is accepted unchanged, unless it is recognizably something
 * else or too short to be one (the known ones have 172 or 176 characters).
 */
function readOtherMake(pasted: string): string {
	const text = withoutEnds(
		pasted.replace(/[\u200b-\u200d\ufeff\u00ad]/g, '').replace(/&(?:amp;)+/gi, '&'),
		/[\s"'“”‘’`»>]/,
		/[\s"'“”‘’`«<]/,
	);
	if (text === '') {
		throw refusal('reportTokenMissing', 'The report token is empty');
	}
	const afterName = /(?:^|[?&;\s])token\s*(?:=|%3D)([^&#"'<>]*)/i.exec(text)?.[1];
	if (afterName === undefined && /:\/\/|\/reports\//i.test(text)) {
		throw refusal('reportTokenMissing', 'The pasted URL has no token in it');
	}
	if (/^(?:authorization:\s*)?bearer\b/i.test(text)) throw accessTokenRefusal();
	const token = unbroken(percentDecoded(afterName ?? text));
	refuseOtherSecrets(token);
	if (!/^[A-Za-z0-9+/_.~=:-]{40,}$/.test(token)) {
		throw refusal('reportTokenUnusable', 'The pasted text is not a report token');
	}
	return token;
}

/**
 * One token from what may be several pieces. A line break comes from wrapping and is removed. A
 * space stands for a base64 `+` that a form has decoded, if that results in complete base64;
 * otherwise the token ends at the space.
 */
function unbroken(text: string): string {
	const oneLine = text
		.split('\n')
		.map((line) => line.trim())
		.join('');
	const withPlus = oneLine.replace(/\s/g, '+');
	return isWholeBase64(withPlus) ? withPlus : oneLine.split(/\s/, 1)[0];
}

const isWholeBase64 = (text: string) =>
	text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);

function refuseOtherSecrets(text: string): void {
	if (/^[0-9a-f]{64}$/i.test(text)) {
		throw refusal(
			'securityTokenInsteadOfReportToken',
			'This is the web service token (security token), not the report token',
		);
	}
	if (/^\d{5,8}$/.test(text)) {
		throw refusal('siteIdInsteadOfReportToken', 'This looks like a site ID, not a report token');
	}
	if (/^eyJ[\w-]+\.[\w-]+\./.test(text)) throw accessTokenRefusal();
	const isClientPair = /^[\w-]{20,}:[\w-]{20,}$/;
	const plain = Buffer.from(text, 'base64').toString('latin1');
	const isShortSecret = /^[A-Za-z0-9_-]{20,48}$/.test(text);
	if (isShortSecret || isClientPair.test(text) || isClientPair.test(plain)) {
		throw refusal(
			'clientSecretInsteadOfReportToken',
			'This looks like a client ID, client secret or access token of the developer portal, not like a report token',
		);
	}
}

const accessTokenRefusal = () =>
	refusal('accessTokenInsteadOfReportToken', 'This is an access token, not a report token');

const refusal = (code: string, message: string) => new RakutenProblem(code, message, whereItIs);
