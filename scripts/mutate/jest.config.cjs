/** The tests as `npm test` runs them, with fewer examples of each property, so that a run takes minutes. */
const path = require('node:path');
const config = require('../../jest.config.cjs');

module.exports = {
	...config,
	rootDir: path.resolve(__dirname, '../..'),
	setupFiles: ['<rootDir>/scripts/mutate/fewExamples.cjs'],
	// Tests of worst cases walk megabytes; slowed down by counting, they would take hours.
	testPathIgnorePatterns: ['Attack\\.test\\.mts$'],
	testSequencer: '<rootDir>/scripts/mutate/quickestFirst.cjs',
	// StrykerJS wraps the environment, and looks it up by name.
	testEnvironment: 'node',
};
