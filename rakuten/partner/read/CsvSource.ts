import { CsvScanner } from '../../csv/CsvScanner';
import { RakutenProblem } from '../../problem';
import { FileSurvey } from './FileSurvey';
import type { ReadingSettings, SurveyedFile } from './FileSurvey';
import { isEmptyRow } from './isEmptyRow';
import type { CellsHandler, PartnerSource, SourceEnd } from './partnerSource';
import { Utf8Bytes } from './Utf8Bytes';

/** The bytes of a file, from its beginning each time. */
export interface OpenFile {
	(): AsyncIterable<Uint8Array>;
}

/** A file of publishers. */
export class CsvSource implements PartnerSource {
	readonly header;
	readonly dateFormat;

	private constructor(
		readonly name: string,
		private readonly open: OpenFile,
		/** How it is read. */
		readonly file: SurveyedFile,
	) {
		this.header = file.header;
		this.dateFormat = file.dateFormat;
	}

	/** Surveys a file; throws a RakutenProblem where it holds no publishers, or is damaged. */
	static async survey(name: string, open: OpenFile, settings: ReadingSettings): Promise<CsvSource> {
		const survey = new FileSurvey(name, settings);
		for await (const chunk of open()) survey.write(chunk);
		return new CsvSource(name, open, survey.end());
	}

	async *read(onRow: CellsHandler): AsyncGenerator<void, SourceEnd> {
		const { encoding, delimiter, headRecords } = this.file;
		const utf8 = new Utf8Bytes(encoding);
		let records = 0;
		let blankLines = 0;
		let lastLine = 0;
		const scanner = new CsvScanner(
			(cells, line, strayQuote) => {
				records++;
				lastLine = line;
				if (records <= headRecords) return;
				if (isEmptyRow(cells)) blankLines++;
				else onRow(cells, line, strayQuote);
			},
			{ delimiter },
		);
		for await (const chunk of this.open()) {
			scanner.write(utf8.write(chunk));
			yield;
		}
		scanner.write(utf8.end());
		if (scanner.end().openQuote) throw this.openQuote(lastLine);
		return { blankLines };
	}

	private openQuote(line: number): RakutenProblem {
		return new RakutenProblem(
			'openQuote',
			`${this.name} ends inside a quoted value of the row that begins in line ${line}`,
			'Rows after that line would be lost. Either the file is incomplete, or that line has one quotation mark too many. A quotation mark inside a value must be doubled.',
		);
	}
}
