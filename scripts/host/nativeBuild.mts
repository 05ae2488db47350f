import { works } from './command.mts';

/**
 * n8n keeps its data in SQLite through the `sqlite3` package, which is either downloaded ready-made
 * from its GitHub releases or compiled on this machine with python3, make and a C++ compiler.
 */
const SQLITE3_VERSION = '5.1.7';
const RELEASES = 'https://github.com/TryGhost/node-sqlite3/releases/download';
const DOWNLOAD_TIMEOUT_MS = 15_000;

interface Tool {
	name: string;
	/** Any one of these commands will do. */
	commands: string[];
	debianPackage: string;
}

const TOOLS: Tool[] = [
	{ name: 'python3', commands: ['python3', 'python'], debianPackage: 'python3' },
	{ name: 'make', commands: ['make', 'gmake'], debianPackage: 'make' },
	{ name: 'a C++ compiler', commands: ['c++', 'g++', 'clang++'], debianPackage: 'g++' },
];

/**
 * Checks, before minutes are spent on the rest, that sqlite3 is available for this machine: all tools to
 * compile it are here, or its ready-made binary can be downloaded. Throws an error that names what is
 * missing and the command that installs it.
 */
export async function checkSqlite3CanBeHad(): Promise<void> {
	if (process.platform === 'win32') return;
	const missing: Tool[] = [];
	for (const tool of TOOLS) {
		const present = await Promise.all(tool.commands.map(async (command) => await works(command)));
		if (!present.includes(true)) missing.push(tool);
	}
	if (missing.length === 0 || (await canDownload())) return;
	throw new Error(
		[
			'n8n needs the sqlite3 library. Its ready-made binary cannot be downloaded from github.com',
			`here, and it cannot be compiled because this is missing: ${missing.map((tool) => tool.name).join(', ')}.`,
			`Install it and start again: ${installCommand(missing)}`,
		].join('\n'),
	);
}

function installCommand(missing: Tool[]): string {
	if (process.platform === 'darwin') return 'xcode-select --install';
	const packages = missing.map((tool) => tool.debianPackage).join(' ');
	return `sudo apt-get install -y ${packages}   (Debian, Ubuntu; other systems: the same by their own names)`;
}

/** Whether the release file that sqlite3's own install script would fetch exists. */
async function canDownload(): Promise<boolean> {
	const file = `sqlite3-v${SQLITE3_VERSION}-napi-v6-${process.platform}-${process.arch}.tar.gz`;
	try {
		const answer = await fetch(`${RELEASES}/v${SQLITE3_VERSION}/${file}`, {
			method: 'HEAD',
			signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS),
		});
		return answer.ok;
	} catch {
		return false;
	}
}
