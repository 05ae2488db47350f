import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { eventFields } from '../../../rakuten/line/eventLine';
import { builtCredentials, builtNodes } from './builtDescriptions.mts';

const project = resolve(__dirname, '../../..');

/** Rules about a file or a class as a whole, which the package's lint applies to the real ones. */
const rulesOff = [
	'@n8n/community-nodes/node-connection-type-literal',
	'@n8n/community-nodes/node-registration-complete',
	'@n8n/community-nodes/node-usable-as-tool',
	'@n8n/community-nodes/webhook-lifecycle-complete',
	'n8n-nodes-base/node-class-description-display-name-unsuffixed-trigger-node',
	'n8n-nodes-base/node-class-description-inputs-wrong-trigger-node',
	'n8n-nodes-base/node-class-description-name-unsuffixed-trigger-node',
	'n8n-nodes-base/node-filename-against-convention',
];

/** What n8n's rules can't know, by a part of the finding. */
const exceptions = [
	// Rakuten's own names, which are sent unchanged.
	...eventFields.map((name) => `title case [autofixable] value: "${name}"`),
	`title case [autofixable] options: [{ name: "${[...eventFields].sort()[0]}"`,
	'title case [autofixable] value: "America/Montevideo" }, { name: "Fernando de Noronha',
	// From west to east, after the credential's own.
	"Order: Alaska (America/Anchorage) | Arizona (America/Phoenix) | As in the Credential's Get API URL",
];

/**
 * A value as a person would write it in a source file: n8n's rules read names of properties that are
 * not in quotes, and see through no helper.
 */
function written(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const entries = Object.entries(value)
		.filter(([, each]) => each !== undefined && typeof each !== 'function')
		.map(
			([name, each]) => `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`}: ${written(each)}`,
		);
	return `{ ${entries.join(',\n')} }`;
}

const nodeCode = (file: string, description: object) => `
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
export class ${basename(file, '.node.ts')} implements INodeType {
	description: INodeTypeDescription = ${written(description)};
}
`;

function credentialCode(file: string, credential: object): string {
	const lines = Object.entries(credential)
		.filter(([, value]) => typeof value !== 'function')
		.map(([name, value]) => `\t${name} = ${written(value)};`);
	return `
import type { ICredentialType } from 'n8n-workflow';
export class ${basename(file, '.credentials.ts')} implements ICredentialType {
${lines.join('\n')}
}
`;
}

/** What n8n's rules, as the package's own lint has them, say of files; as `file: rule: message`. */
async function findings(files: ReadonlyMap<string, string>): Promise<string[]> {
	const folder = await mkdtemp(join(tmpdir(), 'literal-lint-'));
	try {
		await cp(join(project, 'icons'), join(folder, 'icons'), { recursive: true });
		await cp(join(project, 'package.json'), join(folder, 'package.json'));
		const rules = Object.fromEntries(rulesOff.map((rule) => [rule, 'off']));
		await writeFile(
			join(folder, 'eslint.config.mjs'),
			`import config from ${JSON.stringify(pathToFileURL(join(project, 'eslint.config.mjs')).href)};
export default [...config, { rules: ${JSON.stringify(rules)} }];`,
		);
		for (const [file, code] of files) {
			await mkdir(dirname(join(folder, file)), { recursive: true });
			await writeFile(join(folder, file), code);
		}
		const program = join(project, 'node_modules/eslint/bin/eslint.js');
		const output = await new Promise<string>((done) => {
			const args = [program, '--format', 'json', '.'];
			const settings = { cwd: folder, maxBuffer: 1 << 28 };
			execFile(process.execPath, args, settings, (_error, stdout, stderr) =>
				done(stdout || stderr),
			);
		});
		const results = JSON.parse(output) as Array<{
			filePath: string;
			messages: Array<{ ruleId: string; message: string; line: number }>;
		}>;
		return results.flatMap(({ filePath, messages }) =>
			messages.map(({ ruleId, message, line }) => {
				const code = files.get(filePath.slice(folder.length + 1))?.split('\n')[line - 1];
				return `${basename(filePath)}: ${ruleId}: ${message} ${code?.trim()}`;
			}),
		);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Broken on purpose: what the rules must find. */
const brokenFile = 'nodes/Broken/Broken.node.ts';
const brokenProperties = [
	{ displayName: 'Retry count', name: 'retries', type: 'number', default: 3 },
	{
		displayName: 'Retry',
		name: 'retry',
		type: 'boolean',
		default: true,
		description: 'If to retry',
	},
	{ displayName: 'Mode', name: 'mode', type: 'options' },
];

it("descriptions, written out, pass n8n's rules, which see through no helper", async () => {
	const [[, { description }]] = builtNodes();
	const files = new Map([
		...builtNodes().map(([file, node]) => [file, nodeCode(file, node.description)] as const),
		...builtCredentials().map(([file, made]) => [file, credentialCode(file, made)] as const),
		[brokenFile, nodeCode(brokenFile, { ...description, properties: brokenProperties })],
	]);
	expect(files.size).toBeGreaterThan(5);
	const found = await findings(files);
	const isBroken = (finding: string) => finding.startsWith(`${basename(brokenFile)}: `);
	const isException = (finding: string) => exceptions.some((part) => finding.includes(part));
	expect(found.filter((finding) => !isBroken(finding) && !isException(finding))).toEqual([]);
	const broken = found.filter(isBroken).join('\n');
	expect(broken).toMatch(/node-param-display-name-miscased/);
	expect(broken).toMatch(/node-param-description-boolean-without-whether/);
	expect(broken).toMatch(/node-param-default-missing/);
}, 240_000);
