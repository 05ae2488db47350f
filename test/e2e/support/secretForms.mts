/**
 * A secret as it may turn up: as it is, percent-encoded, and the longest part of it that every
 * percent-encoding, even a double one, leaves as it is.
 */
export function formsOf(secret: string): string[] {
	const [longest] = secret.split(/[^A-Za-z0-9]+/).sort((a, b) => b.length - a.length);
	return [...new Set([secret, encodeURIComponent(secret), longest!])];
}
