import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import type { ICredentialType, INodeType } from 'n8n-workflow';

const project = resolve(__dirname, '../../..');
const { n8n } = JSON.parse(readFileSync(resolve(project, 'package.json'), 'utf8')) as {
	n8n: { nodes: string[]; credentials: string[] };
};

/** What n8n makes of the files that package.json names, each with its source file. */
function built<T>(files: readonly string[]): Array<[string, T]> {
	return files.map((file) => {
		const source = file.replace(/^dist\/(.*)\.js$/, '$1.ts');
		const module = require(resolve(project, source.slice(0, -3))) as object;
		const [Made] = Object.values(module) as Array<new () => T>;
		return [source, new Made()];
	});
}

/** The package's nodes, as n8n loads them. */
export const builtNodes = () => built<INodeType>(n8n.nodes);

/** The package's credentials, as n8n loads them. */
export const builtCredentials = () => built<ICredentialType>(n8n.credentials);
