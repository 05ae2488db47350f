import fc from 'fast-check';

import { defaultEventName, readList } from '../../../rakuten/postback/eventRules';
import type { EventRule } from '../../../rakuten/postback/eventRules';
import { eventStates, judgeEvent } from '../../../rakuten/postback/eventState';
import { isSampleName, sampleEvent, sampleNames } from '../../../rakuten/postback/sampleEvent';
import { eventFields, readEventLine } from '../../../rakuten/line/eventLine';

const sale = sampleEvent('purchase', '3771737', new Date('2026-05-21T06:58:45Z'));

const anything: EventRule = {
	advertiserIds: [],
	offerIds: [],
	skus: [],
	isEvent: undefined,
	amount: undefined,
	discards: false,
	eventName: '',
};
const rule = (part: Partial<EventRule>): EventRule => ({ ...anything, ...part });

const judge = (
	fields: Record<string, unknown>,
	rules: EventRule[] = [],
	siteId: string | undefined = '3771737',
) => judgeEvent(readEventLine(fields), { rules, siteId });

describe('the name of an event', () => {
	it.each([
		[{}, 'Purchase'],
		[{ is_event: 'Y' }, 'Purchase'],
		[{ commissions: '0', sale_amount: '0' }, 'Lead'],
		[{ commissions: '0' }, 'Lead'],
		[{ commissions: '25', sale_amount: '0' }, 'Purchase'],
		[{ commissions: '-2.59', sale_amount: '-43.17' }, 'Correction'],
		[{ quantity: '-1' }, 'Correction'],
		[{ commissions: '', sale_amount: '' }, 'Conversion'],
	])('with %j is %s', (fields, name) => {
		expect(judge({ ...sale, ...fields }).eventName).toBe(name);
		expect(defaultEventName(readEventLine({ ...sale, ...fields }).line)).toBe(name);
	});

	it.each([
		[{ advertiserIds: ['45904', '1'] }, true],
		[{ advertiserIds: ['45905'] }, false],
		[{ offerIds: ['1262960'] }, true],
		[{ offerIds: ['9'] }, false],
		[{ skus: ['TRCAT5DB'] }, true],
		[{ skus: ['trcat5db'] }, false],
		[{ isEvent: false }, true],
		[{ isEvent: true }, false],
		[{ amount: 'positive' as const }, true],
		[{ amount: 'zero' as const }, false],
		[{ amount: 'negative' as const }, false],
		[{ advertiserIds: ['45904'], skus: ['OTHER'] }, false],
		[{ advertiserIds: ['45904'], skus: ['TRCAT5DB'], isEvent: false }, true],
		[{}, true],
	])('comes from a rule about %j: %p', (about, fits) => {
		const { eventName } = judge(sale, [rule({ ...about, eventName: 'Mine' })]);
		expect(eventName).toBe(fits ? 'Mine' : 'Purchase');
	});

	it('comes from the first rule that fits', () => {
		const rules = [
			rule({ skus: ['OTHER'], eventName: 'No' }),
			rule({ advertiserIds: ['45904'], eventName: 'Yes' }),
			rule({ eventName: 'Too late' }),
		];
		expect(judge(sale, rules)).toEqual({
			eventName: 'Yes',
			state: 'accepted',
			reason: 'Named by event rule 2',
		});
	});

	it('is the usual one if the rule gives none', () => {
		expect(judge(sale, [rule({ advertiserIds: ['45904'] })]).eventName).toBe('Purchase');
	});

	it('does not fit a rule about something that did not come', () => {
		const { offer_id: _, ...rest } = sale;
		expect(judge(rest, [rule({ offerIds: ['null'], eventName: 'Mine' })]).eventName).toBe(
			'Purchase',
		);
	});
});

describe('the state of an event', () => {
	it.each([
		[{}, 'accepted', 'Sale with a sub-ID (u1)'],
		[
			{ is_event: 'Y' },
			'accepted',
			'Early event (is_event Y): the transaction itself may follow with another ID',
		],
		[{ u1: '' }, 'unattributed', 'No sub-ID (u1) on this sale: the link was not tagged'],
		[{ u1: ['click-1', 'click-2'] }, 'unattributed', expect.stringMatching(/^Not readable: u1 /)],
		[
			{ u1: '<u1>', is_event: 'Y' },
			'unattributed',
			'No sub-ID (u1) on this early event: the link was not tagged',
		],
		[
			{ sale_amount: '-43.17', commissions: '-2.59' },
			'correction',
			'An earlier sale of this order was canceled, returned or lowered',
		],
		[
			{ sale_amount: '-43.17', commissions: '-2.59', u1: '' },
			'correction',
			'An earlier sale of this order was canceled, returned or lowered',
		],
		[{ sid: '112' }, 'discarded', 'It belongs to site 112; this trigger is for site 3771737'],
		[{ sid: '' }, 'accepted', 'Sale with a sub-ID (u1)'],
		[{ sale_amount: 'abc' }, 'discarded', 'Not readable: sale_amount "abc" is not an amount'],
		[
			{ order_id: ['1', '2'] },
			'discarded',
			'Not readable: order_id came more than once with different values',
		],
		// A sale must not be lost because of a date in another form.
		[{ process_date: 'yesterday' }, 'accepted', 'Sale with a sub-ID (u1)'],
	])('with %j is %s', (fields, state, reason) => {
		expect(judge({ ...sale, ...fields })).toMatchObject({ state, reason });
	});

	const twice = ['1', '2'];
	it.each([
		['etransaction_id', twice],
		['advertiser_id', twice],
		['sid', twice],
		['order_id', twice],
		['sale_amount', 'abc'],
		['commissions', 'abc'],
		['quantity', 'some'],
		['currency', 'US Dollar'],
	])('is discarded if %s is not readable', (name, value) => {
		const { state, reason } = judge({ ...sale, [name]: value });
		expect(state).toBe('discarded');
		expect(reason).toMatch(new RegExp(`^Not readable: ${name} `));
	});

	it.each([
		['offer_id', twice],
		['sku_number', twice],
		['product_name', twice],
		['transaction_type', twice],
		['transaction_date', 'soon'],
		['process_date', 'soon'],
		['is_event', 'perhaps'],
		['commissions_list_id', twice],
	])('is accepted if only %s is not readable', (name, value) => {
		const { unreadable } = readEventLine({ ...sale, [name]: value });
		expect(unreadable).toEqual([expect.stringMatching(new RegExp(`^${name} `))]);
		expect(judge({ ...sale, [name]: value }).state).toBe('accepted');
	});

	it('names every field that cannot be read', () => {
		expect(judge({ ...sale, quantity: 'some', commissions: 'abc', is_event: '?' }).reason).toBe(
			'Not readable: commissions "abc" is not an amount; quantity "some" is not a number',
		);
	});

	it('is discarded by a rule, which is named', () => {
		const rules = [
			rule({ isEvent: true, discards: true }),
			rule({ skus: ['TRCAT5DB'], discards: true }),
		];
		expect(judge(sale, rules)).toMatchObject({
			state: 'discarded',
			reason: 'Event rule 2 discards it',
		});
		expect(judge({ ...sale, is_event: 'Y' }, rules).reason).toBe('Event rule 1 discards it');
	});

	it('is discarded if nothing came', () => {
		for (const nothing of [{}, { foo: 'bar' }, { u1: '<u1>', sid: '' }]) {
			expect(judge(nothing)).toMatchObject({
				state: 'discarded',
				reason: 'This request has no transaction fields',
			});
		}
	});

	it('does not look at the site if the trigger knows none', () => {
		expect(
			judgeEvent(readEventLine({ ...sale, sid: '112' }), { rules: [], siteId: undefined }).state,
		).toBe('accepted');
	});

	it('is one of four, with a name and a sentence, whatever comes', () => {
		const fields = fc.dictionary(fc.constantFrom(...eventFields), fc.anything());
		fc.assert(
			fc.property(fields, (came) => {
				const { eventName, state, reason } = judge(came);
				expect(eventStates).toContain(state);
				expect(eventName).toMatch(/^(Purchase|Lead|Correction|Conversion)$/);
				expect(reason).toMatch(/^[A-Z].{10,}[^.]$/s);
				expect(reason).not.toMatch(/\b(error|problem|failure|mistake)\b/i);
			}),
		);
	});
});

describe('a list in a rule', () => {
	it.each([
		['', []],
		[' 1, 2 ;3\n4,,', ['1', '2', '3', '4']],
		['NEW SLETTER', ['NEW SLETTER']],
	])('%j is %j', (text, list) => {
		expect(readList(text)).toEqual(list);
	});
});

describe('samples', () => {
	it.each([
		['purchase', 'Purchase', 'accepted', 'sale'],
		['lead', 'Lead', 'accepted', 'zero'],
		['correction', 'Correction', 'correction', 'correction'],
	] as const)('%s is a %s', (name, eventName, state, kind) => {
		const fields = sampleEvent(name, '1234567', new Date('2026-05-21T06:58:45Z'));
		const reading = readEventLine(fields);
		expect(reading.unreadable).toEqual([]);
		expect(reading.line).toMatchObject({
			kind,
			siteId: '1234567',
			processDate: '2026-05-21T06:58:45.000Z',
		});
		expect(judge(fields, [], '1234567')).toMatchObject({ eventName, state });
	});

	it('are known by their names alone', () => {
		expect(sampleNames.every(isSampleName)).toBe(true);
		for (const other of ['', 'Purchase', ['purchase'], undefined, 'toString']) {
			expect(isSampleName(other)).toBe(false);
		}
	});
});
