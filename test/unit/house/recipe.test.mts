import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const project = resolve(__dirname, '../../..');

interface Step {
	file: string;
	code: string;
	/** Whether it is one more line of a file that is there. */
	isAdded: boolean;
}

/** The files that docs/architecture.md says to write: a path in code, then a block of code. */
function stepsIn(page: string): Step[] {
	const steps =
		/^([^\n]*)`((?:nodes|services|credentials)\/[^`]+\.(?:ts|json))`[^\n`]*\n+```(?:ts|json)\n(.*?)^```$/gms;
	return [...page.matchAll(steps)].map(([, words, file, code]) => ({
		file,
		code,
		isAdded: words.includes('One more line in'),
	}));
}

/** Prints which credentials n8n's own code asks for, for each operation of the built node. */
const question = `
	const { NodeHelpers } = require('n8n-workflow');
	const { RakutenAdvertising } = require('./dist/nodes/RakutenAdvertising/RakutenAdvertising.node.js');
	const { resources } = require('./dist/nodes/RakutenAdvertising/resources');
	const { description } = new RakutenAdvertising();
	const answers = {};
	for (const resource of resources) {
		for (const operation of resource.operations) {
			const chosen = { resource: resource.value, operation: operation.value };
			const node = { typeVersion: 1, parameters: chosen };
			const parameters = NodeHelpers.getNodeParameters(
				description.properties, chosen, true, false, node, description,
			);
			answers[resource.name + ' > ' + operation.name] = description.credentials
				.filter((each) => NodeHelpers.displayParameter(parameters, each, null, description))
				.map(({ name }) => name);
		}
	}
	console.log(JSON.stringify(answers));
`;

async function run(folder: string, args: string[]): Promise<string> {
	return await new Promise((done, fail) => {
		execFile(process.execPath, args, { cwd: folder }, (error, stdout, stderr) => {
			if (error) fail(new Error(`${stdout}${stderr}`));
			else done(stdout);
		});
	});
}

it('the recipe of docs/architecture.md gives a resource with a credential of its own', async () => {
	const steps = stepsIn(await readFile(join(project, 'docs/architecture.md'), 'utf8'));
	expect(steps.filter(({ isAdded }) => isAdded)).toHaveLength(2);
	expect(steps).toHaveLength(10);

	const folder = await mkdtemp(join(tmpdir(), 'recipe-'));
	try {
		for (const part of [
			'nodes',
			'rakuten',
			'services',
			'credentials',
			'tsconfig.json',
			'package.json',
		]) {
			await cp(join(project, part), join(folder, part), { recursive: true });
		}
		await symlink(join(project, 'node_modules'), join(folder, 'node_modules'));
		for (const { file, code, isAdded } of steps) {
			const path = join(folder, file);
			await mkdir(dirname(path), { recursive: true });
			await writeFile(path, isAdded ? (await readFile(path, 'utf8')) + code : code);
		}
		await run(folder, [join(project, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json']);
		const answers = JSON.parse(await run(folder, ['-e', question])) as Record<string, string[]>;
		expect(answers['Example > Get Many']).toEqual(['rakutenExampleApi']);
		expect(answers['Example > Count']).toEqual([]);
		expect(answers['Report > Get Many']).toEqual(['rakutenReportingApi']);
		expect(answers['Report > Get']).toEqual(['rakutenReportingApi']);
		expect(answers['Postback > Get']).toEqual(['rakutenDeveloperApi']);
		expect(answers['Transaction > Get Many']).toEqual(['rakutenDeveloperApi']);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}, 180_000);
