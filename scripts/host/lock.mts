import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_MS = 500;

/**
 * Runs `work` while holding the lock kept in `file`, so that two processes never do it at once.
 *
 * The lock is an exclusive SQLite transaction: the operating system lets go of it when its owner
 * ends, however it ends, so a lock can't be left behind by Ctrl-C, a kill or a power cut.
 * `onWait` is called once if somebody else holds it, with the process id they wrote down, if any.
 */
export async function withLock<T>(
	file: string,
	work: () => Promise<T>,
	onWait: (ownerPid: string | undefined) => void = () => {},
): Promise<T> {
	mkdirSync(path.dirname(file), { recursive: true });
	const database = new DatabaseSync(file);
	const ownerFile = `${file}.pid`;
	try {
		for (let waited = false; !tryLock(database); waited = true) {
			if (!waited) onWait(readIfThere(ownerFile));
			await sleep(RETRY_MS);
		}
		writeFileSync(ownerFile, String(process.pid));
		return await work();
	} finally {
		database.close();
	}
}

function tryLock(database: DatabaseSync): boolean {
	try {
		database.exec('BEGIN EXCLUSIVE');
		return true;
	} catch (error) {
		const SQLITE_BUSY = 5;
		if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
		throw error;
	}
}

function readIfThere(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8').trim();
	} catch {
		return undefined;
	}
}
