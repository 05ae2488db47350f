import { readFileSync } from 'node:fs';
import path from 'node:path';

import { DateTime } from 'luxon';

interface CodeNode {
	name: string;
	parameters: { jsCode?: string };
}

/** The page that "Draw the page" of sample workflow 06 makes of some rows of its table. */
function pageOf(lines: object[]): string {
	const file = path.resolve(__dirname, '../../../workflows/06-postback-event-log.json');
	const { nodes } = JSON.parse(readFileSync(file, 'utf8')) as { nodes: CodeNode[] };
	const code = nodes.find(({ name }) => name === 'Draw the page')!.parameters.jsCode!;
	const items = (node: string) =>
		node === 'Show the event log' ? [{ json: {} }] : lines.map((json) => ({ json }));
	const $ = (node: string) => ({ all: () => items(node), first: () => items(node)[0] });
	const draw = new Function('$', 'DateTime', code) as (
		...names: unknown[]
	) => Array<{ json: { html: string } }>;
	return draw($, DateTime)[0].json.html;
}

const line = {
	lineId: 'A1',
	createdAt: '2026-05-21T06:58:45.000Z',
	receivedAt: '2026-05-21T06:58:45.000Z',
	source: 'postback',
	eventName: 'Purchase',
	reason: 'because',
};

describe('the page of the event log', () => {
	it.each([
		['accepted', 'Accepted'],
		['correction', 'Correction'],
		['constructor', 'constructor'],
		['__proto__', '__proto__'],
		['toString', 'toString'],
		['<b>', '&lt;b&gt;'],
		['', 'being stored'],
		[null, 'being stored'],
		[undefined, 'being stored'],
	])('shows a line in the state %j as %s', (state, shown) => {
		expect(pageOf([{ ...line, state }])).toContain(`<span class="state">${shown}</span>`);
	});
});
