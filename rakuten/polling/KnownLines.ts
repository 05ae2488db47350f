import { hash } from 'node:crypto';
import { minute } from '../date/milliseconds';

/** 60 bits: among 50,000 known lines a new one is taken for one of them once in 10^13. */
const hashLength = 10;

/** The short hash that a line is known by; no character sorts after `~`. */
export const lineHash = (lineId: string) =>
	hash('sha256', lineId, 'base64url').slice(0, hashLength);

/**
 * Which lines were given out, by hash, with the minute of their process date: what a poll needs to
 * tell new lines from those that overlapping windows bring again. Written as one text, which n8n
 * stores at the least cost: `<minute in base 36>:<hash><hash>… <minute>:<hash>…`.
 */
export class KnownLines {
	/** Minute of the process date by hash. */
	private readonly minutes = new Map<string, number>();

	/** Reads what `write` wrote; undefined if the text is not such a list. */
	static read(text: string): KnownLines | undefined {
		const lines = new KnownLines();
		for (const group of text === '' ? [] : text.split(' ')) {
			const [, at, hashes] = /^([0-9a-z]{1,9}):([\w-]+)$/.exec(group) ?? [];
			if (at === undefined || hashes.length % hashLength !== 0) return undefined;
			for (let start = 0; start < hashes.length; start += hashLength) {
				lines.minutes.set(hashes.slice(start, start + hashLength), Number.parseInt(at, 36));
			}
		}
		return lines;
	}

	get size(): number {
		return this.minutes.size;
	}

	has(lineHash: string): boolean {
		return this.minutes.has(lineHash);
	}

	/** `at` in milliseconds; kept to the minute. */
	add(lineHash: string, at: number): void {
		this.minutes.set(lineHash, Math.floor(at / minute));
	}

	addAll(others: KnownLines): void {
		for (const [lineHash, at] of others.minutes) this.minutes.set(lineHash, at);
	}

	/** Forgets lines of earlier minutes than the one of `at`. */
	forgetBefore(at: number): void {
		const first = Math.floor(at / minute);
		for (const [lineHash, each] of this.minutes) if (each < first) this.minutes.delete(lineHash);
	}

	/**
	 * Forgets the oldest lines until no more than `most` are left. Returns the last moment of which
	 * lines were forgotten; undefined if none was.
	 */
	forgetOldest(most: number): number | undefined {
		const excess = this.minutes.size - most;
		if (excess <= 0) return undefined;
		const oldest = [...this.minutes].sort(([, a], [, b]) => a - b).slice(0, excess);
		for (const [lineHash] of oldest) this.minutes.delete(lineHash);
		return (oldest[excess - 1][1] + 1) * minute - 1;
	}

	write(): string {
		const groups = new Map<number, string[]>();
		for (const [lineHash, at] of this.minutes) {
			const group = groups.get(at);
			if (group) group.push(lineHash);
			else groups.set(at, [lineHash]);
		}
		return [...groups]
			.sort(([a], [b]) => a - b)
			.map(([at, hashes]) => `${at.toString(36)}:${hashes.join('')}`)
			.join(' ');
	}
}
