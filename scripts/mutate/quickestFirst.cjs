const { default: Sequencer } = require('@jest/test-sequencer');

/** The quickest test files first: after one that fails, the slow ones need not run. */
module.exports = class extends Sequencer {
	sort(tests) {
		return super.sort(tests).sort((a, b) => (a.duration ?? 0) - (b.duration ?? 0));
	}
};
