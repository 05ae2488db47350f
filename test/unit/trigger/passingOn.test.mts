import type { IWebhookFunctions } from 'n8n-workflow';

import { passOn } from '../../../nodes/RakutenAdvertisingTrigger/passingOn';

const previous = { url: 'https://t.example.com/?u1=<u1>', isActive: true };
const hit = { sample: undefined, fields: { u1: 'a' }, wasPassedOn: false };

/** A node whose requests wait until they are let go. */
function slowTracker() {
	const waiting: Array<(answer: { statusCode: number }) => void> = [];
	const said: string[] = [];
	const context = {
		getNodeParameter: (name: string) => (name === 'ifAnotherExists' ? 'replaceAndPassOn' : 5),
		getNode: () => ({ name: 'Trigger' }),
		helpers: {
			httpRequest: async () =>
				await new Promise<{ statusCode: number }>((resolve) => waiting.push(resolve)),
		},
		logger: { debug: (text: string) => said.push(text), warn: (text: string) => said.push(text) },
	} as unknown as IWebhookFunctions;
	return { context, waiting, said };
}

it('passes at most 500 postbacks on at a time, and skips more', async () => {
	const { context, waiting, said } = slowTracker();
	const outcomes = Array.from({ length: 501 }, () => passOn(context, { previous }, hit)!);
	expect(outcomes.filter(({ outcome }) => outcome === 'underWay')).toHaveLength(500);
	expect(outcomes[500]).toEqual({
		to: 't.example.com',
		outcome: 'skipped',
		reason: 'Too many postbacks are being passed on already',
	});
	expect(waiting).toHaveLength(500);
	for (const answer of waiting) answer({ statusCode: 200 });
	await new Promise((resolve) => setImmediate(resolve));
	expect(said).toHaveLength(500);
	expect(passOn(context, { previous }, hit)).toEqual({ to: 't.example.com', outcome: 'underWay' });
	waiting.at(-1)!({ statusCode: 200 });
});
