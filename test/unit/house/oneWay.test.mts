import { filesIn, textOf } from './sources.mts';

/** Calls outside nodes/kit/ through which a text could leave without passing the registry of secrets. */
const bypasses = (files: ReadonlyArray<readonly [string, string]>) =>
	files
		.filter(([file]) => !file.startsWith('nodes/kit/'))
		.flatMap(([file, text]) =>
			[...text.matchAll(/\blogger\b|addExecutionHints|new Node(?:Operation|Api)Error/g)].map(
				([call]) => `${file}: ${call}`,
			),
		);

describe('every text of a node passes the registry of secrets', () => {
	it('errors, hints and log lines are made in nodes/kit/ alone', () => {
		const files = ['nodes', 'services', 'credentials', 'rakuten'].flatMap(filesIn);
		expect(bypasses(files.map((file) => [file, textOf(file)]))).toEqual([]);
	});

	it('finds what goes past it', () => {
		const text = 'this.logger.warn(x); new NodeApiError(node, {}); context.addExecutionHints({})';
		expect(bypasses([['nodes/X/x.ts', text]])).toHaveLength(3);
		expect(bypasses([['nodes/kit/log.ts', text]])).toEqual([]);
	});
});
