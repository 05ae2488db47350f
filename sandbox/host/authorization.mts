/** What an `Authorization` header holds: its scheme, and what comes after it. */
export interface Authorization {
	scheme: 'Bearer' | 'Basic' | 'other' | 'none';
	credential: string;
}

export function readAuthorization(header: string | undefined): Authorization {
	if (header === undefined || header.trim() === '') return { scheme: 'none', credential: '' };
	const [, word = '', credential = ''] = /^\s*(\S+)\s*(.*?)\s*$/s.exec(header) ?? [];
	const scheme = (['Bearer', 'Basic'] as const).find(
		(known) => known.toLowerCase() === word.toLowerCase(),
	);
	return { scheme: scheme ?? 'other', credential };
}

/** A client's id and secret out of base64; the secret may hold colons. */
export function readClient(credential: string): { id: string; secret: string } {
	const [id = '', secret = ''] = Buffer.from(credential, 'base64').toString().split(/:(.*)/s);
	return { id, secret };
}
