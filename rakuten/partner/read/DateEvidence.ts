import { RakutenProblem } from '../../problem';
import { ownCopy } from '../../csv/KeptTexts';
import { dateSign, joinDateFormatNames, readJoinDate, spokenDate } from './joinDate';
import type { DateSign, JoinDateFormat } from './joinDate';

const choose =
	"Set 'Join Date Format' to Month/Day/Year or Day/Month/Year. The dashboard shows how it writes dates.";

/** More dates than this share that fit the other order only are not slips. */
const mostSlips = 0.05;

/** More than the days of twenty years. */
const mostRemembered = 8192;

/** Finds out from the join dates of one file how they are written. */
export class DateEvidence {
	private readonly declared = new Set<JoinDateFormat>();
	private readonly signs = new Map<string, DateSign>();
	private readonly seen: Record<DateSign, { rows: number; examples: string[] }> = {
		mdyOnly: { rows: 0, examples: [] },
		dmyOnly: { rows: 0, examples: [] },
		either: { rows: 0, examples: [] },
		same: { rows: 0, examples: [] },
		plain: { rows: 0, examples: [] },
		serial: { rows: 0, examples: [] },
		none: { rows: 0, examples: [] },
	};

	/** `source` names the file in messages. */
	constructor(private readonly source: string) {}

	/** `format`: what the row itself says, in a file of rejected rows. */
	add(text: string, format?: JoinDateFormat): void {
		if (text === '') return;
		if (format !== undefined) {
			this.declared.add(format);
			return;
		}
		const known = this.seen[this.signOf(text)];
		known.rows++;
		// Up to two different dates, as examples.
		if (known.examples.length < 2 && known.examples[0] !== text) known.examples.push(ownCopy(text));
	}

	/**
	 * The format. Throws a RakutenProblem where the dates contradict each other, where every one can
	 * be read in two ways, and where a spreadsheet has left only its own numbers; unless the format
	 * does not matter.
	 */
	format(isNeeded = true): JoinDateFormat {
		const { mdyOnly, dmyOnly, either, same, plain, serial } = this.seen;
		const [more, fewer] = mdyOnly.rows >= dmyOnly.rows ? [mdyOnly, dmyOnly] : [dmyOnly, mdyOnly];
		if (more.rows > 0) {
			const isMixed = fewer.rows > (more.rows + fewer.rows) * mostSlips;
			if (isMixed && isNeeded) throw this.mixed(mdyOnly.examples[0], dmyOnly.examples[0]);
			return more === mdyOnly ? 'mdy' : 'dmy';
		}
		if (either.rows > 0) {
			const [only] = this.declared;
			if (this.declared.size === 1 && (only === 'mdy' || only === 'dmy')) return only;
			if (isNeeded) throw this.ambiguous(either.examples);
			return 'mdy';
		}
		const isOnlySerial = serial.rows > 0 && plain.rows + same.rows === 0;
		if (isOnlySerial && isNeeded) throw this.onlySerial(serial.examples);
		return same.rows > 0 ? 'mdy' : 'iso';
	}

	private signOf(text: string): DateSign {
		const known = this.signs.get(text);
		if (known) return known;
		const sign = dateSign(text);
		if (this.signs.size >= mostRemembered) this.signs.clear();
		this.signs.set(ownCopy(text), sign);
		return sign;
	}

	private mixed(mdyOnly: string, dmyOnly: string): RakutenProblem {
		return new RakutenProblem(
			'mixedDates',
			`The join dates of ${this.source} are written in two ways: "${mdyOnly}" has the month first, "${dmyOnly}" the day`,
			`Dates that fit both are therefore uncertain. This happens when a file is opened and saved in a spreadsheet with other regional settings. Use the file as the dashboard exports it, or set 'Join Date Format' to ${joinDateFormatNames.mdy} or ${joinDateFormatNames.dmy}: dates that do not fit become warnings.`,
		);
	}

	private ambiguous(dates: readonly string[]): RakutenProblem {
		const readings = dates.map((text) => {
			const [mdy, dmy] = (['mdy', 'dmy'] as const).map((format) =>
				spokenDate(readJoinDate(text, format)!),
			);
			return `"${text}" is ${mdy} with the month first, and ${dmy} with the day first`;
		});
		return new RakutenProblem(
			'ambiguousDates',
			`Every join date of ${this.source} can be read in two ways: ${readings.join('; ')}`,
			choose,
		);
	}

	private onlySerial(dates: readonly string[]): RakutenProblem {
		const readings = dates.map(
			(text) => `"${text}", which would be ${spokenDate(readJoinDate(text, 'serial')!)}`,
		);
		return new RakutenProblem(
			'serialDates',
			`A spreadsheet has replaced the join dates of ${this.source} with serial numbers: ${readings.join('; ')}`,
			"Site IDs and other values may be damaged too. Use the file as the dashboard exports it, without opening it in a spreadsheet. If these dates are right, set 'Join Date Format' to Spreadsheet Serial Number.",
		);
	}
}
