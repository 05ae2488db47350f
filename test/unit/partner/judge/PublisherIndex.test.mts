import fc from 'fast-check';
import { contentHash } from '../../../../rakuten/hash/contentHash';
import { PublisherIndex } from '../../../../rakuten/partner/judge/PublisherIndex';
import { RowStore } from '../../../../rakuten/partner/judge/RowStore';
import { anyCharacter } from '../../anyCharacter.mts';

describe('PublisherIndex', () => {
	it('knows of each Site ID where it came first, and whether its rows differ', () => {
		const anySiteId = fc.oneof(
			fc.integer({ min: 1, max: 30 }).map(String),
			fc.constantFrom('4294967296', '4294967297', '8589934592', '999999999999999'),
			fc.constantFrom('1000000000000000', '999999999999999999', '123456789012345678'),
		);
		const anyRow = fc.record({ siteId: anySiteId, content: fc.constantFrom('a', 'b', 'c') });
		fc.assert(
			fc.property(fc.array(anyRow, { maxLength: 60 }), fc.boolean(), (rows, hasNotes) => {
				const index = new PublisherIndex({ hasNotes });
				const expected = new Map<string, { line: number; content: string; isTorn: boolean }>();
				rows.forEach(({ siteId, content }, line) => {
					const known = expected.get(siteId);
					const answer = index.add(siteId, contentHash([content]), line, line * 2);
					if (!known) {
						expect(answer).toBe('first');
						expected.set(siteId, { line, content, isTorn: false });
					} else {
						expect(answer).toBe(known.content === content ? 'same' : 'other');
						if (known.content !== content) known.isTorn = true;
					}
				});
				expect(index.size).toBe(expected.size);
				for (const [siteId, { line, isTorn }] of expected) {
					const found = index.get(siteId)!;
					expect(found).toMatchObject({ place: line, note: hasNotes ? line * 2 : 0 });
					expect(found.isTorn).toBe(isTorn);
				}
				expect(index.get('31')).toBeUndefined();
			}),
			{ numRuns: 300 },
		);
	});

	it('keeps marks and what it knows while it grows to many thousand', () => {
		const index = new PublisherIndex({ hasNotes: true });
		const idOf = (number: number) => String(3_000_000 + number * 7);
		const count = 40_000;
		for (let number = 0; number < count; number++) {
			index.add(idOf(number), contentHash([String(number)]), number, number + 1);
			if (number % 10 === 0) index.mark(idOf(number), 'joined');
			if (number % 15 === 0) index.mark(idOf(number), 'differs');
		}
		expect(index.size).toBe(count);
		for (let number = 0; number < count; number += 5) {
			const found = index.get(idOf(number))!;
			expect([found.place, found.note]).toEqual([number, number + 1]);
			expect(found.isMarked('joined')).toBe(number % 10 === 0);
			expect(found.isMarked('differs')).toBe(number % 15 === 0);
			expect(found.isTorn).toBe(false);
		}
		expect(index.add(idOf(3), contentHash(['3']), 1)).toBe('same');
		expect(index.add(idOf(3), contentHash(['4']), 1)).toBe('other');
		expect(index.get('1')).toBeUndefined();
	});

	it('takes no note of a mark on what it does not know', () => {
		const index = new PublisherIndex({ hasNotes: true });
		index.mark('7', 'joined');
		expect(index.get('7')).toBeUndefined();
	});
});

describe('RowStore', () => {
	it('gives back every row as it was, large ones and odd letters too', () => {
		const anyText = fc.oneof(
			fc.string({ unit: anyCharacter }),
			fc.constantFrom('\ud800', '\0', '"', '漢'.repeat(400_000)),
		);
		const anyRow = fc.record({
			slots: fc.array(anyText, { maxLength: 4 }),
			day: fc.option(fc.integer(), { nil: undefined }),
			writtenDate: fc.string(),
		});
		fc.assert(
			fc.property(fc.array(anyRow, { maxLength: 8 }), (rows) => {
				const store = new RowStore();
				const places = rows.map((row) => store.add(row));
				expect(new Set(places).size).toBe(rows.length);
				for (const [at, place] of places.entries()) {
					const { slots, day, writtenDate } = store.get(place);
					expect([day, writtenDate]).toEqual([rows[at].day, rows[at].writtenDate]);
					expect(slots.length).toBe(rows[at].slots.length);
					expect(slots.every((text, slot) => text === rows[at].slots[slot])).toBe(true);
				}
			}),
			{ numRuns: 40 },
		);
	});
});
