import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const project = path.resolve(__dirname, '../../..');
const read = async (file: string) => await readFile(path.join(project, file), 'utf8');

/** What SECURITY.md says, sentence by sentence, and the tests that each rests on. */
const claims: Array<[sentence: string, ...tests: Array<[file: string, title: string]>]> = [
	[
		'Each is sent only to the Base URL of its credential,',
		['test/engine/developerCredential.test.mts', 'sends the token to the base URL only'],
		['test/engine/credentialRedirect.test.mts', 'does not send the report token elsewhere'],
		['test/engine/credentialRedirect.test.mts', 'is not sent at all to a host that would read it'],
	],
	[
		'never follows a redirect,',
		[
			'test/engine/credentialRedirect.test.mts',
			'is not led elsewhere by %i with either credential',
		],
		['test/engine/credentialRedirect.test.mts', 'does not send the access token elsewhere'],
	],
	[
		'and appears in no message, log line, output, file name or saved workflow.',
		['test/unit/house/oneWay.test.mts', 'every text of a node passes the registry of secrets'],
		['test/unit/secrets/redact.test.mts', 'every kind of secret'],
		['test/e2e/secrets.e2e.mts', 'is nowhere in any n8n'],
	],
	[
		'Tests search for them in everything n8n stores.',
		['test/e2e/secrets.e2e.mts', 'neither the Client Secret nor what is sent for it is anywhere'],
		['test/e2e/secrets.e2e.mts', 'no access token or refresh token is anywhere'],
		['test/e2e/secrets.e2e.mts', 'would have been found'],
	],
	[
		'Nobody can send the trigger a sale without it.',
		['test/engine/postbackTriggerHits.test.mts', 'a request without the key'],
		['test/engine/postbackTriggerFuzz.test.mts', 'without it, or with another: 403, no execution'],
	],
	[
		"It is stored with the workflow in n8n's database, compared in constant time, and appears in no item and no log.",
		['test/e2e/secrets.e2e.mts', "the postback's key is in n8n's static data"],
		['test/unit/house/security.test.mts', 'is compared in constant time'],
		['test/engine/postbackTriggerCut.test.mts', 'keeps its payload without the key'],
	],
	[
		'(If you register the postback by hand, the key is a field of the node and so part of the workflow.)',
		['test/engine/postbackTriggerFuzz.test.mts', 'with the key in the path'],
	],
	[
		"Rakuten, and anyone who may read the site's postback or a proxy's access log, can see it; it allows sending events and nothing else.",
		['test/unit/postback/registeredUrl.test.mts', 'hides what only our triggers know'],
	],
	[
		"A report's texts and a postback's values are treated as data;",
		['test/unit/workflows/eventLogPage.test.mts', 'the page of the event log'],
		[
			'test/unit/report/ReportDecoder.test.mts',
			'are kept, also under the names of the object prototype',
		],
	],
	[
		"headers and parameters named like properties of JavaScript objects can't change any object;",
		[
			'test/unit/report/ReportDecoder.test.mts',
			'are kept, also under the names of the object prototype',
		],
		['test/engine/strangeEvents.test.mts', 'is not harmed by names of the prototype'],
	],
	[
		'an answer, a row or a header that is longer than any real one is refused;',
		['test/engine/reportEnds.test.mts', 'an answer out of all proportion'],
		['test/engine/reportEnds.test.mts', 'is named where a row has no end'],
		['test/engine/reportEnds.test.mts', 'is named where a header is longer than any'],
	],
	[
		'no text takes time that grows faster than its length;',
		['test/unit/house/patterns.test.mts', 'grows with the length of the text only'],
		['test/unit/hostileTexts.test.mts', 'where secrets are removed'],
	],
	[
		'and nested values of a request are ignored.',
		[
			'test/engine/postbackTriggerFuzz.test.mts',
			'with the key: each is answered with 200 and is one item',
		],
	],
	[
		'A postback is passed on only to the address that was registered before, without following redirects.',
		['test/engine/postbackTriggerHits.test.mts', 'follows no redirect'],
		['test/engine/postbackTriggerHits.test.mts', 'passes nothing on at the test URL'],
	],
	[
		'compiled TypeScript without dependencies,',
		['test/unit/house/security.test.mts', 'depends on nothing'],
	],
	[
		'published from GitHub with [provenance](https://docs.npmjs.com/generating-provenance-statements).',
		['test/unit/house/security.test.mts', 'is published from GitHub with provenance'],
	],
	[
		'Actions are pinned by commit.',
		['test/unit/house/security.test.mts', 'uses actions by commit'],
	],
];

describe('SECURITY.md', () => {
	it('claims nothing without a test', async () => {
		const text = (await read('SECURITY.md')).replace(/\s+/g, ' ');
		let rest = text.slice(text.indexOf('allow changing a site'));
		for (const [sentence] of claims) {
			expect(rest).toContain(sentence);
			rest = rest.replace(sentence, '');
		}
		// What is left are headings, links and the sentences that name what is protected.
		const left = rest
			.replace(/\[[^\]]*\]\([^)]*\)/g, '')
			.replace(/\*\*[^*]*\*\*/g, '')
			.split(/[.;]/)
			.map((each) => each.replace(/[-\s]+/g, ' ').trim())
			.filter((each) => each.length > 3);
		expect(left).toEqual([
			"allow changing a site's postback and reading its transactions",
			'nothing that comes from the network',
		]);
	});

	it.each(claims)('%s', async (_sentence, ...tests) => {
		for (const [file, title] of tests) {
			const titles = [
				...(await read(file)).matchAll(/^[\t ]*(?:(?:it|describe)[.(].*?)?(['"`])(.+?)\1,/gm),
			];
			expect(titles.map(([, , each]) => each)).toContainEqual(expect.stringContaining(title));
		}
	});
});

describe('the key of a postback', () => {
	it('is compared in constant time', async () => {
		const code = await read('rakuten/postback/key.ts');
		expect(code).toMatch(/timingSafeEqual\(digest\(came\), digest\(kept\)\)/);
		// And wherever a request is let in, by that alone.
		expect(await read('nodes/RakutenAdvertisingTrigger/receive.ts')).toMatch(/sameKey\(/);
	});
});

describe('the package', () => {
	it('depends on nothing', async () => {
		const manifest = JSON.parse(await read('package.json')) as Record<string, unknown>;
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.optionalDependencies).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('is published from GitHub with provenance', async () => {
		const workflow = await read('.github/workflows/publish.yml');
		expect(workflow).toMatch(/id-token: write/);
		expect(workflow).toMatch(/npm run release|npm publish/);
	});

	it('uses actions by commit', async () => {
		const folder = '.github/workflows';
		let found = 0;
		for (const file of await readdir(path.join(project, folder))) {
			for (const [, action] of (await read(`${folder}/${file}`)).matchAll(/uses:\s*(\S+)/g)) {
				found++;
				expect(action).toMatch(/@[0-9a-f]{40}$/);
			}
		}
		expect(found).toBeGreaterThan(2);
	});
});
