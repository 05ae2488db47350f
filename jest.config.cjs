/** Tests are .mts: n8n's community lint reads every .ts file and forbids what tests need (files, timers). */
module.exports = {
	testEnvironment: '<rootDir>/test/quickExit.cjs',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.mts'],
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
	transform: {
		'\\.(ts|mts)$': [
			'@swc/jest',
			{
				jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
				module: { type: 'commonjs' },
			},
		],
	},
	testTimeout: 30_000,
	// Most of a test's time is waiting for sockets: a worker on every core, where Jest would leave one free.
	maxWorkers: '100%',
};
