import fc from 'fast-check';

import { eventFields, readEventLine } from '../../../rakuten/line/eventLine';
import { lettersSearched } from '../lettersSearched.mts';
import { anyCharacter } from '../anyCharacter.mts';

/** The sample of a postback that a tracker's help article shows. */
const postback = {
	transaction_date: '2023-05-21T06:58:45.000+0000',
	sku_number: 'TRCAT5DB',
	quantity: '1',
	etransaction_id: 'B7B2BE0B83ECDD168FD50BC789F508AC',
	transaction_type: 'realtime',
	product_name: 'TRCAT5DB',
	offer_id: '1262960',
	advertiser_id: '45904',
	sid: '3771737',
	is_event: 'Y',
	commissions: '25',
	process_date: '2023-05-21T06:58:45.000+0000',
	currency: 'EUR',
	u1: 'Zojr5qPF3fVk9OckC3bBS8H4tHkcn7pGuE',
	order_id: '4000110733',
	sale_amount: '43.17',
};

/** The sample of the Events API's own description. */
const apiEvent = {
	etransaction_id: '61BCF6217AE356AE46E8A0D64BCD693D',
	advertiser_id: 3358,
	sid: 112,
	order_id: 'e844ae50-7f5e-11ea-a4a0-fa163e91617b',
	offer_id: 185078,
	sku_number: 'enp_health',
	sale_amount: 0.01,
	quantity: 2,
	commissions: 0,
	process_date: 'Wed Apr 15 2020 21:20:27 GMT+0000 (UTC)',
	transaction_date: 'Wed Apr 15 2020 21:20:27 GMT+0000 (UTC)',
	transaction_type: 'realtime',
	product_name: 'enp_heartbeat',
	u1: 'e844ae50-7f5e-11ea-a4a0-fa163e91617b',
	currency: 'USD',
	is_event: 'N',
};

const lineOf = (fields: Record<string, unknown>) => readEventLine(fields).line;

describe('an event of the postback', () => {
	it('is read field by field', () => {
		expect(readEventLine(postback)).toEqual({
			line: {
				lineId: 'B7B2BE0B83ECDD168FD50BC789F508AC',
				orderKey: '45904:4000110733',
				kind: 'sale',
				transactionId: 'B7B2BE0B83ECDD168FD50BC789F508AC',
				siteId: '3771737',
				advertiserId: '45904',
				orderId: '4000110733',
				offerId: '1262960',
				sku: 'TRCAT5DB',
				productName: 'TRCAT5DB',
				quantity: 1,
				saleAmount: '43.17',
				commission: '25',
				currency: 'EUR',
				currencySource: 'event',
				transactionDate: '2023-05-21T06:58:45.000Z',
				processDate: '2023-05-21T06:58:45.000Z',
				transactionType: 'realtime',
				isEvent: true,
				u1: 'Zojr5qPF3fVk9OckC3bBS8H4tHkcn7pGuE',
				commissionListId: null,
				lockStatus: null,
				orderAutoLockDate: null,
			},
			unreadable: [],
		});
	});
});

describe('an event of the Events API', () => {
	it('is the same line, though it comes as numbers and with other dates', () => {
		const { line, unreadable } = readEventLine(apiEvent);
		expect(unreadable).toEqual([]);
		expect(line).toMatchObject({
			advertiserId: '3358',
			siteId: '112',
			offerId: '185078',
			saleAmount: '0.01',
			quantity: 2,
			commission: '0',
			kind: 'zero',
			isEvent: false,
			processDate: '2020-04-15T21:20:27.000Z',
		});
	});
});

describe('dates', () => {
	it.each([
		['2023-05-21T06:58:45.000+0000', '2023-05-21T06:58:45.000Z'],
		// §10.28: in a query that was not encoded the plus becomes a blank.
		['2023-05-21T06:58:45.000 0000', '2023-05-21T06:58:45.000Z'],
		['2023-05-21T06:58:45.123+0200', '2023-05-21T04:58:45.123Z'],
		['2023-05-21T06:58:45.123-0730', '2023-05-21T14:28:45.123Z'],
		['2023-05-21T06:58:45Z', '2023-05-21T06:58:45.000Z'],
		['2023-05-21T06:58:45', '2023-05-21T06:58:45.000Z'],
		['2023-05-21 06:58:45', '2023-05-21T06:58:45.000Z'],
		['Wed Apr 15 2020 21:20:27 GMT+0000 (UTC)', '2020-04-15T21:20:27.000Z'],
		['Wed Apr 15 2020 21:20:27 GMT 0000 (UTC)', '2020-04-15T21:20:27.000Z'],
		['Wed Apr 15 2020 21:20:27 GMT-0500 (EST)', '2020-04-16T02:20:27.000Z'],
		['2023-05-21', '2023-05-21T00:00:00.000Z'],
	])('§10.28 reads %s', (written, instant) => {
		expect(readEventLine({ process_date: written })).toMatchObject({
			line: { processDate: instant },
			unreadable: [],
		});
	});

	it.each(['2023-02-30T00:00:00Z', '25:00', 'yesterday', '1684652325'])(
		'says that %s is not a date',
		(written) => {
			expect(readEventLine({ transaction_date: written })).toMatchObject({
				line: { transactionDate: null },
				unreadable: [`transaction_date "${written}" is not a date`],
			});
		},
	);

	it('mean the instant they were made from, in every style', () => {
		const instants = fc.date({
			min: new Date('1970-01-01'),
			max: new Date('2100-01-01'),
			noInvalidDate: true,
		});
		fc.assert(
			fc.property(instants, (date) => {
				const iso = date.toISOString();
				const seconds = `${iso.slice(0, 19)}.000Z`;
				const asSent = iso.replace('Z', '+0000');
				const [weekday, day, month, year, time] = date.toUTCString().replace(',', '').split(' ');
				const asJs = `${weekday} ${month} ${day} ${year} ${time} GMT+0000 (UTC)`;
				expect(lineOf({ process_date: asSent }).processDate).toBe(iso);
				expect(lineOf({ process_date: asSent.replace('+', ' ') }).processDate).toBe(iso);
				expect(lineOf({ process_date: asJs }).processDate).toBe(seconds);
				expect(lineOf({ process_date: asJs.replace('+', ' ') }).processDate).toBe(seconds);
			}),
		);
	});
});

describe('amounts', () => {
	it.each([
		['43.17', '43.17'],
		['-43.170', '-43.170'],
		['1,234.50', '1234.50'],
		['0.1', '0.1'],
		['123456789012345678901234567890.12', '123456789012345678901234567890.12'],
		[0.1, '0.1'],
		[-0, '0'],
		[43.17, '43.17'],
		[0.1 + 0.2, '0.30000000000000004'],
		[Number.MAX_SAFE_INTEGER, '9007199254740991'],
		[12n ** 20n, String(12n ** 20n)],
	])('reads %p', (sent, amount) => {
		expect(readEventLine({ sale_amount: sent })).toMatchObject({
			line: { saleAmount: amount },
			unreadable: [],
		});
	});

	it.each([
		['1e5'],
		['12,34'],
		['twelve'],
		[Number.NaN],
		[Number.POSITIVE_INFINITY],
		[1e21],
		[2 ** 53],
		[1e-7],
		[true],
		[{}],
		[Symbol('5')],
		[() => 5],
	])('gives no amount for %p, and says so', (sent) => {
		const { line, unreadable } = readEventLine({ sale_amount: sent, commissions: '1' });
		expect(line.saleAmount).toBeNull();
		expect(line.kind).toBe('sale');
		expect(unreadable).toHaveLength(1);
		expect(unreadable[0]).toMatch(/^sale_amount /);
		expect(unreadable[0].length).toBeLessThan(100);
	});

	it('keep every digit of any decimal text, and of any number in cents', () => {
		const digits = fc
			.tuple(fc.boolean(), fc.bigInt(1n, 10n ** 25n), fc.nat({ max: 99 }))
			.map(
				([minus, whole, part]) => `${minus ? '-' : ''}${whole}.${String(part).padStart(2, '0')}`,
			);
		fc.assert(fc.property(digits, (text) => lineOf({ commissions: text }).commission === text));
		fc.assert(
			fc.property(fc.integer(), (cents) => {
				const written = lineOf({ commissions: cents / 100 }).commission;
				expect(Math.round(Number(written) * 100)).toBe(cents);
			}),
		);
	});
});

describe('the kind', () => {
	it.each([
		[{ sale_amount: '43.17', commissions: '2' }, 'sale'],
		[{ sale_amount: '43.17', commissions: '0' }, 'zero'],
		[{ sale_amount: '43.17' }, 'sale'],
		[{ sale_amount: '43.17', commissions: '<commissions>' }, 'sale'],
		[{ sale_amount: '0', commissions: '0.00' }, 'zero'],
		[{ sale_amount: '-43.17', commissions: '-2', quantity: '1' }, 'correction'],
		[{ sale_amount: '43.17', quantity: '-1' }, 'correction'],
		[{ quantity: -1 }, 'correction'],
		[{ commissions: '2' }, 'sale'],
		[{ quantity: 0 }, null],
		[{ quantity: 1 }, null],
		[{}, null],
	])('of %j is %s', (fields, kind) => {
		expect(lineOf(fields).kind).toBe(kind);
	});
});

describe('macros that nobody filled in', () => {
	it.each(['<u1>', '%3Cu1%3E', '%3cu1%3e', '%253Cu1%253E', '', '   ', 'null', 'NULL', '<none>'])(
		'%p is empty',
		(sent) => {
			for (const field of eventFields) {
				expect(readEventLine({ [field]: sent }).unreadable).toEqual([]);
			}
			expect(lineOf({ u1: sent }).u1).toBeNull();
			expect(lineOf({ ...postback, u1: sent, sale_amount: sent })).toMatchObject({
				u1: null,
				saleAmount: null,
				commission: '25',
			});
		},
	);

	it('keeps what only looks a little like one', () => {
		for (const u1 of ['<b>bold</b>', '<', '<>', 'a<u1>', 'nullable']) {
			expect(lineOf({ u1 }).u1).toBe(u1);
		}
	});
});

describe('the commission list', () => {
	it.each([
		[{ commissions_list_id: '12' }, '12'],
		[{ commission_list_id: '12' }, '12'],
		[{ commissions_list_id: '12', commission_list_id: '13' }, '12'],
		[{ commissions_list_id: '<commissions_list_id>', commission_list_id: '13' }, '13'],
	])('of %j is %s', (fields, id) => {
		expect(readEventLine(fields)).toMatchObject({ line: { commissionListId: id }, unreadable: [] });
	});
});

describe('a field that cannot be read', () => {
	it.each([
		['quantity', 'many', 'a number'],
		['quantity', '9007199254740992', 'a number'],
		['quantity', '-9007199254740992', 'a number'],
		['sale_amount', '12,34', 'an amount'],
		['commissions', '1.2.3', 'an amount'],
		['currency', 'EURO', 'a currency'],
		['currency', 'xEUR', 'a currency'],
		['currency', 'E1R', 'a currency'],
		['process_date', 'tomorrow', 'a date'],
		['transaction_date', '1.1.2026', 'a date'],
		['is_event', 'maybe', 'Y or N'],
	])('%s of "%s" is named', (name, sent, form) => {
		const { line, unreadable } = readEventLine({ [name]: sent });
		expect(unreadable).toEqual([`${name} "${sent}" is not ${form}`]);
		expect({ ...line, lineId: '' }).toEqual({ ...lineOf({}), lineId: '' });
	});

	it('is quoted up to 40 characters, and not read beyond 80', () => {
		const sentence = (quantity: string) => readEventLine({ quantity }).unreadable[0];
		expect(sentence('x'.repeat(40))).toBe(`quantity "${'x'.repeat(40)}" is not a number`);
		expect(sentence('x'.repeat(41))).toBe(`quantity "${'x'.repeat(40)}…" is not a number`);
		const amount = `0.${'0'.repeat(78)}`;
		expect(lineOf({ sale_amount: amount }).saleAmount).toBe(amount);
		expect(lineOf({ sale_amount: `${amount}0` }).saleAmount).toBeNull();
	});

	it('makes another line id if its text is different', () => {
		expect(lineOf({ quantity: 'a' }).lineId).not.toBe(lineOf({ quantity: 'b' }).lineId);
	});

	it('at the edge of exact numbers is still read', () => {
		expect(lineOf({ quantity: '9007199254740991' }).quantity).toBe(Number.MAX_SAFE_INTEGER);
		expect(lineOf({ quantity: '-9007199254740991' }).quantity).toBe(Number.MIN_SAFE_INTEGER);
		expect(lineOf({ currency: 'eur' }).currency).toBe('EUR');
	});
});

describe('the order', () => {
	it.each([
		[{ advertiser_id: '1', order_id: '2' }, '1:2'],
		[{ advertiser_id: '1' }, null],
		[{ order_id: '2' }, null],
	])('of %j has the key %s', (fields, orderKey) => {
		expect(lineOf(fields).orderKey).toBe(orderKey);
	});
});

describe('flags', () => {
	it.each([
		['Y', true],
		['yes', true],
		['1', true],
		['n', false],
		['NO', false],
		['0', false],
		[true, true],
		[false, false],
		['true', true],
		['false', false],
		[undefined, null],
		['<is_event>', null],
	])('reads %p as %p', (sent, isEvent) => {
		expect(readEventLine({ is_event: sent })).toMatchObject({ line: { isEvent }, unreadable: [] });
	});

	it('names one that is neither', () => {
		expect(readEventLine({ is_event: 'maybe' })).toMatchObject({
			line: { isEvent: null },
			unreadable: ['is_event "maybe" is not Y or N'],
		});
	});
});

describe('the line id', () => {
	it('is the transaction id, without blanks around it', () => {
		expect(lineOf({ etransaction_id: ' ABC ' })).toMatchObject({
			lineId: 'ABC',
			transactionId: 'ABC',
		});
	});

	it('is a hash of the fields if there is none, the same for every encoding of them', () => {
		const { etransaction_id: _, ...rest } = postback;
		const id = lineOf(rest).lineId;
		expect(id).toMatch(/^h:[0-9a-f]{32}$/);
		expect(lineOf({ ...rest, etransaction_id: '<etransaction_id>' }).lineId).toBe(id);
		expect(lineOf({ ...rest, process_date: rest.process_date.replace('+', ' ') }).lineId).toBe(id);
		expect(lineOf({ ...rest, quantity: 1, advertiser_id: 45904, unknown: 'x' }).lineId).toBe(id);
		for (const field of eventFields.filter((name) => name in rest)) {
			expect(lineOf({ ...rest, [field]: '7' }).lineId).not.toBe(id);
		}
	});
});

describe('hostile values', () => {
	it('takes a parameter that came twice only if both agree', () => {
		expect(readEventLine({ u1: ['a', ' a'] })).toMatchObject({ line: { u1: 'a' }, unreadable: [] });
		expect(readEventLine({ u1: [] })).toMatchObject({ line: { u1: null }, unreadable: [] });
		for (const u1 of [['a', 'b'], [['a']], [['a'], ['a']], ['a', {}], new Array(1000).fill('a')]) {
			const { line, unreadable } = readEventLine({ u1 });
			expect(line.u1).toBeNull();
			expect(unreadable).toEqual([expect.stringMatching(/^u1 came /)]);
		}
	});

	it('does not search long texts', () => {
		const blanks = `-${' '.repeat(1e6)}x`;
		const hit = { sale_amount: blanks, u1: blanks, process_date: blanks };
		let unreadable: readonly string[] = [];
		const letters = lettersSearched(() => {
			({ unreadable } = readEventLine(hit));
		});
		expect(letters).toBeLessThan(1000);
		expect(lettersSearched(() => readEventLine(postback))).toBeGreaterThan(0);
		expect(unreadable.map((sentence) => sentence.length < 100)).toEqual([true, true]);
	});

	it('never looks at what an object inherits', () => {
		const inherited = Object.create(postback) as Record<string, unknown>;
		expect(lineOf(inherited).transactionId).toBeNull();
		const poisoned = JSON.parse('{"__proto__":{"u1":"x"},"constructor":{"u1":"y"}}');
		expect(lineOf(poisoned)).toEqual(lineOf({}));
	});

	it('never throws, and is null or sound, whatever comes', () => {
		const anything = fc.oneof(
			fc.anything({ maxDepth: 1, maxKeys: 3, withBigInt: true, withNullPrototype: true }),
			fc.string({ unit: anyCharacter, maxLength: 200 }),
			fc.constantFrom('Infinity', '-0', '0x10', '1e999', '2023-13-45T99:99:99Z', '%', '\u0000'),
		);
		const fields = fc.dictionary(
			fc.oneof(fc.constantFrom(...eventFields, '__proto__', 'toString'), fc.string()),
			anything,
			{ maxKeys: 12 },
		);
		fc.assert(
			fc.property(fields, (hit) => {
				const { line, unreadable } = readEventLine(hit);
				expect(line.lineId).not.toBe('');
				for (const amount of [line.saleAmount, line.commission]) {
					if (amount !== null) expect(amount).toMatch(/^-?\d+(\.\d+)?$/);
				}
				for (const date of [line.transactionDate, line.processDate]) {
					if (date !== null) expect(new Date(date).toISOString()).toBe(date);
				}
				for (const sentence of unreadable) expect(sentence.length).toBeLessThan(120);
				expect(readEventLine(hit).line).toEqual(line);
			}),
			{ numRuns: 500 },
		);
	});
});

it.each(['commissions_list_id', 'commission_list_id'])('reads %s, both spellings', (name) => {
	expect(readEventLine({ [name]: '7' }).line.commissionListId).toBe('7');
});
