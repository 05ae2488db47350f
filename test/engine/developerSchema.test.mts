import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { RakutenDeveloperApi } from '../../credentials/RakutenDeveloperApi.credentials';
import { RakutenAdvertising } from '../../nodes/RakutenAdvertising/RakutenAdvertising.node';
import { noteHit } from '../../nodes/webhook/postbackHits';
import { ownUrl } from '../../rakuten/postback/ownUrl';
import { storedCredentialOf } from './developerNode.mts';
import { runNode } from './harness.mts';
import { useSandbox } from './reportNode.mts';
import type { StoredCredential } from './storedCredential.mts';

const schemas = join(__dirname, '../../nodes/RakutenAdvertising/__schema__/v1.0.0');

const sandbox = useSandbox();
let stored: StoredCredential;

beforeAll(() => {
	stored = storedCredentialOf(sandbox);
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterAll(() => jest.restoreAllMocks());

const operations = ['postback', 'transaction'].flatMap((resource) =>
	readdirSync(join(schemas, resource)).map((file) => [resource, file.replace('.json', '')]),
);

const typeOf = (value: unknown) => (Number.isInteger(value) ? 'integer' : typeof value);

it.each(operations)(
	'the output that n8n shows for %s: %s before it has run is what comes',
	async (resource, operation) => {
		noteHit('a-trigger', '3771737', 'accepted');
		const url = ownUrl({
			address: 'https://n8n.example/webhook/a-trigger/postback',
			key: 'k'.repeat(43),
			before: { url: 'https://tracker.example/in', isActive: true },
		});
		sandbox.developer.setPostback({ url, isActive: true });
		const { outputs } = await runNode({
			node: new RakutenAdvertising(),
			parameters: { resource, operation, url: 'https://tracker.example/other', returnAll: true },
			credentials: [{ type: new RakutenDeveloperApi(), stored }],
		});
		const rows = outputs[0].map(({ json }) => json);
		const { properties } = JSON.parse(
			readFileSync(join(schemas, resource, `${operation}.json`), 'utf8'),
		) as { properties: Record<string, { type: string }> };
		expect(Object.keys(rows[0]).sort()).toEqual(Object.keys(properties).sort());
		for (const [name, { type }] of Object.entries(properties)) {
			const values = rows.map((row) => row[name]).filter((value) => value !== null);
			expect([name, ...new Set(values.map(typeOf))]).toEqual([name, type]);
		}
	},
);
