import {
	missingRange,
	overlapTooLarge,
	sameLineId,
	silence,
} from '../../../rakuten/polling/notices';

const from = Date.UTC(2026, 4, 1, 12);
const hour = 3_600_000;

describe('a notice', () => {
	it('of a missing range names it, and how to import it', () => {
		expect(missingRange({ from, to: from + hour }, 29)).toEqual({
			type: 'missingRange',
			message:
				'Lines processed from 2026-05-01T12:00:00.000Z to 2026-05-01T13:00:00.000Z may not have been read: what this trigger last recorded is older than the 29 days that Rakuten returns. Import this range with Report > Get, by process date; a line that is already stored keeps its line ID. If n8n was running the whole time, there may have been nothing to record, and nothing is missing.',
			from: '2026-05-01T12:00:00.000Z',
			to: '2026-05-01T13:00:00.000Z',
		});
	});

	it('of silence counts the hours that are over', () => {
		expect(silence(from, from + 49 * hour - 1)).toEqual({
			type: 'silence',
			message:
				'No line has arrived for 48 hours, since 2026-05-01T12:00:00.000Z. Rakuten answers, so the connection works. If sales are expected, check the links and the filters of this trigger, and compare with the dashboard. This notice is given once until a line arrives.',
			since: '2026-05-01T12:00:00.000Z',
			hours: 48,
		});
	});

	it('of an overlap with too many lines says which come again', () => {
		expect(overlapTooLarge(50_000, from)).toEqual({
			type: 'overlapTooLarge',
			message:
				"The overlap contains more than 50,000 lines, and the oldest of them could not be remembered. Those processed up to 2026-05-01T12:00:00.000Z come again and are marked 'possiblyRepeated'. Choose a shorter overlap in the options, or import with Report > Get on a schedule.",
			to: '2026-05-01T12:00:00.000Z',
		});
	});

	it.each([
		['T#1#2', 'T#1'],
		['T#12', 'T'],
	])('of a second line under one ID names both: %s', (lineId, transactionId) => {
		expect(sameLineId(lineId)).toEqual({
			type: 'sameLineId',
			message: `Rakuten returned two different lines under the transaction ID ${transactionId}. Both are given out; the second has the line ID ${lineId}. Compare them: one may be a correction of the other, or Rakuten has changed the line.`,
			lineId,
		});
	});
});
