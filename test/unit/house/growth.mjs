// Reads regular expressions and writes how the time of each grows, as JSON. It is a process of its
// own because recheck is ten times slower within Jest. Plain JavaScript: neither Java nor a binary.
import { readFileSync } from 'node:fs';

process.env.RECHECK_BACKEND = 'pure';
const { check } = await import('recheck');

const growths = [];
for (const { source, flags } of JSON.parse(readFileSync(0, 'utf8'))) {
	const { status, complexity } = await check(source, flags, { timeout: 60_000, randomSeed: 1 });
	growths.push(status === 'vulnerable' ? `${status}: ${complexity.summary}` : status);
}
process.stdout.write(JSON.stringify(growths));
