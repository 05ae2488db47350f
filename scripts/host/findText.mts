import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Somewhere a text was found, e.g. `database.sqlite: execution_data.data` or `n8n.log`. */
export type Place = string;

/**
 * Looks for a text (a secret that should not be there) in everything an n8n with SQLite keeps in
 * its user folder: each value of each table, and every other file (logs, files of items, settings).
 * Its percent-encoded and its base64 form are found too. Installed packages are left out. n8n may
 * be running.
 */
export async function findText(userFolder: string, text: string): Promise<Place[]> {
	const forms = [text, encodeURIComponent(text), Buffer.from(text).toString('base64')]
		.map((form) => form.replace(/=+$/, ''))
		.map((form) => Buffer.from(form));
	const places: Place[] = [];
	const entries = await readdir(userFolder, { recursive: true, withFileTypes: true });
	for (const entry of entries.filter((candidate) => candidate.isFile())) {
		const file = path.join(entry.parentPath, entry.name);
		const name = path.relative(userFolder, file);
		if (name.split(path.sep).includes('node_modules')) continue;
		if (name.endsWith('.sqlite')) {
			places.push(...inDatabase(file, forms).map((place) => `${name}: ${place}`));
		} else if (!/\.sqlite-(wal|shm)$/.test(name)) {
			const content = await readFile(file);
			if (forms.some((form) => content.includes(form))) places.push(name);
		}
	}
	return places;
}

/** By value, not by byte: SQLite spreads long values over pages that need not be adjacent. */
function inDatabase(file: string, forms: Buffer[]): Place[] {
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		const tables = database
			.prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
			.all()
			.map((row) => String(row.name));
		const places = new Set<Place>();
		for (const table of tables) {
			const rows = database.prepare(`SELECT * FROM "${table.replaceAll('"', '""')}"`);
			rows.setReadBigInts(true);
			for (const row of rows.iterate()) {
				for (const [column, value] of Object.entries(row)) {
					if (typeof value !== 'string' && !(value instanceof Uint8Array)) continue;
					const content = Buffer.from(value as string);
					if (forms.some((form) => content.includes(form))) places.add(`${table}.${column}`);
				}
			}
		}
		return [...places];
	} finally {
		database.close();
	}
}
