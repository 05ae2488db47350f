/**
 * Reads n8n's stored execution data. It is JSON in which the value is a list, its first entry is the
 * data, and every string inside an entry is the position of another entry (so that one object can be
 * referred to many times).
 */
export function parseFlatted(text: string): unknown {
	const entries = JSON.parse(text) as unknown[];
	for (const entry of entries) {
		if (typeof entry !== 'object' || entry === null) continue;
		const record = entry as Record<string, unknown>;
		for (const key of Object.keys(record)) {
			const value = record[key];
			if (typeof value !== 'string') continue;
			Object.defineProperty(record, key, {
				value: entries[Number(value)],
				enumerable: true,
				writable: true,
				configurable: true,
			});
		}
	}
	return entries[0];
}
