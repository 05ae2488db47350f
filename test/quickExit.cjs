const { TestEnvironment } = require('jest-environment-node');

/** What Jest sends to a worker that it has no more tests for (CHILD_MESSAGE_END of jest-worker). */
const END = 2;

/**
 * Ends a worker as soon as its work is done. Otherwise Node first takes apart the memory of all
 * tests that ran there, which takes longer than the half second that Jest waits before it warns of
 * a worker that failed to exit.
 */
process.on('message', ([type]) => {
	if (type === END) process.exit();
});

module.exports = TestEnvironment;
