import { plainName } from './partnerColumns';

/** Of names that differ by more than this share of their letters none is the other misspelled. */
const mostDifferent = 0.4;

/**
 * The name that was most likely meant: the one with the fewest letters to change, or else one that
 * has a word in common, or the beginning of one. Undefined where none is alike.
 */
export function nearestName(wanted: string, names: readonly string[]): string | undefined {
	const plain = plainName(wanted);
	let nearest: string | undefined;
	let least = Number.POSITIVE_INFINITY;
	for (const name of names) {
		const other = plainName(name);
		if (other === '') continue;
		const share = editDistance(plain, other) / Math.max(plain.length, other.length);
		if (share < least) {
			least = share;
			nearest = name;
		}
	}
	if (nearest !== undefined && least <= mostDifferent) return nearest;
	const words = wordsOf(wanted);
	const isAkin = (word: string) =>
		words.some((each) => each.startsWith(word) || word.startsWith(each));
	return names.find((name) => wordsOf(name).some(isAkin));
}

const wordsOf = (text: string) =>
	text
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word.length > 2);

/** Letters to add, take away, change or swap with their neighbour. Headers are short. */
function editDistance(a: string, b: string): number {
	let before: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
			row[j] = Math.min(change, last[j] + 1, row[j - 1] + 1);
			const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
			if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
		}
		before = last;
		last = row;
	}
	return last[b.length];
}
