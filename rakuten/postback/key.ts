import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, in characters that need no encoding in a URL. */
export const newKey = () => randomBytes(32).toString('base64url');

/**
 * Whether the key that came is the one kept. Compared by their hashes, which have the same length,
 * so that the time taken reveals nothing about the kept one.
 */
export function sameKey(came: unknown, kept: string): boolean {
	return typeof came === 'string' && came !== '' && timingSafeEqual(digest(came), digest(kept));
}

const digest = (text: string) => hash('sha256', text, 'buffer');

/**
 * Whether a key chosen by the user can be part of a webhook's path: not guessable in a lifetime,
 * and without characters that have a meaning there (`:x` would make n8n accept any text in its
 * place).
 */
export const isPathKey = (key: string) => /^[A-Za-z0-9_-]{16,128}$/.test(key);
