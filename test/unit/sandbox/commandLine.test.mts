import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { raw } from './reading.mts';

const SERVER = join(__dirname, '../../../sandbox/server.mts');

/** Runs the command until it has said its first line, and hands over both. */
function run(...args: string[]) {
	const child = spawn(process.execPath, [SERVER, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
	const ended = once(child, 'exit');
	const firstLine = once(createInterface({ input: child.stdout }), 'line').then(([line]) => {
		return JSON.parse(line as string);
	});
	return { child, ended, firstLine };
}

it('starts from the command line, says so in one line of JSON, and stops when told', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
	const plan = join(folder, 'plan.json');
	await writeFile(plan, JSON.stringify([{ kind: 'tooLarge', times: 1 }]));
	const developer = join(folder, 'developer.json');
	await writeFile(developer, JSON.stringify({ tokenSeconds: 77 }));
	const { child, ended, firstLine } = run(
		...['--port', '0', '--seed', '3', '--months', '1', '--today', '2026-03-18'],
		...['--requests-per-minute', '300', '--faults', plan],
		...['--client-secret', 'other-secret', '--developer', developer],
	);
	const line = await firstLine;
	expect(line).toMatchObject({
		url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
		token: expect.stringMatching(/^ZW5j.+==$/),
		pid: child.pid,
		limit: '300/min instead of the documented 5/min',
		today: '2026-03-18',
		clientId: 'sandbox-client-id',
		clientSecret: 'other-secret',
		siteId: '3771737',
	});
	expect(line.getApiUrl).toContain('/en/reports/earnings-recommended/filters?');
	expect((await raw(line.getApiUrl)).status).toBe(499);
	expect((await raw(line.getApiUrl)).status).toBe(200);
	const token = await fetch(`${line.url}/token`, {
		method: 'POST',
		headers: {
			authorization: `Bearer ${Buffer.from(`${line.clientId}:other-secret`).toString('base64')}`,
		},
		body: new URLSearchParams({ scope: line.siteId }),
	});
	expect(await token.json()).toMatchObject({ expires_in: 77 });
	child.kill('SIGTERM');
	expect(await ended).toEqual([0, null]);
	await rm(folder, { recursive: true });
});

it('explains itself when it is misunderstood', async () => {
	const { child, ended } = run('--color', 'red');
	const chunks: Buffer[] = [];
	child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
	expect(await ended).toEqual([2, null]);
	expect(Buffer.concat(chunks).toString()).toMatch(/--color[\s\S]*--requests-per-minute/);
});
