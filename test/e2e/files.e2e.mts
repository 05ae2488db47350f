import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { theHouse } from './support/house.mts';
import {
	assertFilesHoldEarnings,
	filesOf,
	rejectedRows,
	reportAsFile,
} from './support/reportFile.mts';

describe('A report as a file, where n8n keeps files on disk', () => {
	for (const format of ['csv', 'jsonl'] as const) {
		it(`is one ${format} file with every row`, async () => {
			const house = await theHouse();
			const execution = await reportAsFile(house, format);
			const { texts, place, names } = await filesOf(house, execution);
			assert.equal(texts.length, 1);
			assert.equal(place, 'filesystem');
			assert.match(names[0]!, new RegExp(`^earnings-recommended_[-\\d]+_[-\\d]+\\.${format}$`));
			assertFilesHoldEarnings(house, texts, format, rejectedRows(execution));
		});
	}

	it('is several files with the same rows when it is split', async () => {
		const house = await theHouse();
		const execution = await reportAsFile(house, 'csv', { splitEveryRows: 400 });
		const { texts } = await filesOf(house, execution);
		assert.ok(texts.length > 2);
		assertFilesHoldEarnings(house, texts, 'csv', rejectedRows(execution));
	});
});
