import {
	publisherExportFile,
	expectedImports,
} from '../../../../sandbox/dashboard/publisherExports.mts';
import { startSandbox, type Sandbox } from '../../../../sandbox/server.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ months: 1 });
});
afterAll(() => sandbox.close());

const ask = async (path: string) => await fetch(`${sandbox.controlUrl}publisher-exports${path}`);

describe('the exports of the dashboard, over HTTP', () => {
	it('are files with the names that the dashboard gives them', async () => {
		const answer = await ask('/Publisher%20Overview.csv?count=30&seed=5&badEmail=2');
		expect(answer.headers.get('content-disposition')).toBe(
			'attachment; filename="Publisher Overview.csv"',
		);
		expect(Buffer.from(await answer.arrayBuffer())).toEqual(
			publisherExportFile('overview', { count: 30, seed: 5, damage: { badEmail: 2 } }),
		);
	});

	it('are listed with what a converter has to arrive at', async () => {
		const { files, expected } = (await (await ask('?count=60&dates=dmy')).json()) as {
			files: string[];
			expected: ReturnType<typeof expectedImports>;
		};
		const texts = await Promise.all(files.map(async (file) => await (await fetch(file)).text()));
		expect(texts[0]).toMatch(/^Site ID,Publisher Name,URL,Email,Join Date\r\n/);
		expect(texts[1]).toMatch(/^Site ID,Publisher Name,URL,Group,/);
		expect(texts[0]).toMatch(/,(1[3-9]|2\d|3[01])\/\d{1,2}\/\d{4}\r\n/);
		expect(expected.both.rejected).toBeGreaterThan(0);
		expect(expected.overviewAlone.read).toBeGreaterThan(50);
	});

	it.each([
		['/Other.csv', /the exports are/],
		['/My%20Publishers.csv?count=many', /whole number/],
		['/My%20Publishers.csv?dates=us', /one of/],
		['?color=red', /exports have no "color"/],
	])('%s is refused in words', async (path, words) => {
		const answer = await ask(path);
		expect(answer.status).toBe(400);
		expect(((await answer.json()) as { error: string }).error).toMatch(words);
	});
});
