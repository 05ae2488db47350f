import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { checkColumns, columnPresets } from '../../../rakuten/report/requiredColumns';
import { project, textOf } from './sources.mts';

const mostBytes = 15_000;

describe('the README', () => {
	const readme = textOf('README.md');

	it(`has at most ${mostBytes} bytes: what is new gets a line here, and the rest in docs/`, () => {
		expect(statSync(join(project, 'README.md')).size).toBeLessThanOrEqual(mostBytes);
	});

	it('shows a result before it asks for anything', () => {
		expect(readme.indexOf('docs/images/answers.png')).toBeLessThan(readme.indexOf('\n## '));
	});

	it('lists the columns to save a report with, each on its line, all that the samples require', () => {
		const [, block] = /```\n([^`]*Transaction ID\n[^`]*)```/.exec(readme)!;
		const columns = block.trim().split(/\s*\n\s*/);
		const { columns: required } = columnPresets.find(({ value }) => value === 'earnings')!;
		expect(checkColumns(columns, required)).toMatchObject({ missing: [], renamed: [] });
	});

	it('has one line for each sample workflow', () => {
		const samples = readdirSync(join(project, 'workflows')).filter((each) =>
			each.endsWith('.json'),
		);
		const listed = [...readme.matchAll(/^- \[.*?\]\(workflows\/(.*?\.json)\)/gm)];
		expect(listed.map(([, name]) => name)).toEqual(samples.sort());
	});
});
