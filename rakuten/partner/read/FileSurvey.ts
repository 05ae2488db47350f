import { CsvScanner } from '../../csv/CsvScanner';
import { DateEvidence } from './DateEvidence';
import { readFileHead } from './fileHead';
import type { FileHead } from './fileHead';
import { emptyFile, foreignFile } from './foreignFile';
import { namedFormat } from './joinDate';
import type { JoinDateFormat } from './joinDate';
import type { RenamedSourceColumns, SourceHeader } from './sourceHeader';
import { EncodingDetector } from './EncodingDetector';
import type { TextEncoding } from './EncodingDetector';
import { unknownHeader } from './unknownHeader';
import { Utf8Bytes } from './Utf8Bytes';

/** What the user says about files; `detect` leaves it to the survey. */
export interface ReadingSettings {
	readonly encoding: TextEncoding | 'detect';
	readonly delimiter: string;
	readonly joinDates: JoinDateFormat | 'detect';
	readonly renamed: RenamedSourceColumns;
	/** Whether the format of ambiguous dates matters: not where they are written as they are. */
	readonly needsDateFormat: boolean;
}

/** How a file is to be read. */
export interface SurveyedFile {
	readonly encoding: TextEncoding;
	readonly delimiter: string;
	readonly header: SourceHeader;
	/** Records up to the header and with it. */
	readonly headRecords: number;
	/** Lines above the header that are not blank: they are left out. */
	readonly linesAboveHeader: number;
	readonly dateFormat: JoinDateFormat;
}

/** How many bytes are kept until the header is found in them. */
const headBytes = 64 * 1024;

/**
 * The first look at a file: what kind it is, its encoding, delimiter and header, and how it writes
 * dates. It takes the whole file, as a single byte can tell the encoding, and a single date the
 * format.
 */
export class FileSurvey {
	private readonly detector = new EncodingDetector();
	private readonly evidence: DateEvidence;
	private firstBytes: Uint8Array[] = [];
	private count = 0;
	private head: FileHead | undefined;
	private utf8: Utf8Bytes | undefined;
	/** Reads rows for their dates, where these are to tell their format. */
	private scanner: CsvScanner | undefined;

	/** `source` names the file in messages. */
	constructor(
		private readonly source: string,
		private readonly settings: ReadingSettings,
	) {
		this.evidence = new DateEvidence(source);
	}

	/** Throws a RakutenProblem if the file is something else. */
	write(chunk: Uint8Array): void {
		if (this.settings.encoding === 'detect') this.detector.write(chunk);
		if (this.head) {
			this.scanner?.write(this.utf8!.write(chunk));
			return;
		}
		this.firstBytes.push(Buffer.from(chunk));
		this.count += chunk.length;
		if (this.count >= headBytes) this.readHead(false);
	}

	/** Throws a RakutenProblem where the file is empty or its dates leave open how to read them. */
	end(): SurveyedFile {
		if (this.count === 0) throw emptyFile(this.source);
		if (!this.head) this.readHead(true);
		this.scanner?.end();
		const { settings, evidence } = this;
		const { delimiter, header, records, linesAbove } = this.head!;
		const encoding = settings.encoding === 'detect' ? this.detector.end() : settings.encoding;
		const dateFormat =
			settings.joinDates === 'detect'
				? evidence.format(settings.needsDateFormat)
				: settings.joinDates;
		return {
			encoding,
			delimiter,
			header: header!,
			headRecords: records,
			linesAboveHeader: linesAbove,
			dateFormat,
		};
	}

	private readHead(isWhole: boolean): void {
		const { source, settings } = this;
		const bytes = Buffer.concat(this.firstBytes);
		this.firstBytes = [];
		const foreign = foreignFile(source, bytes);
		if (foreign) throw foreign;
		// Bytes to come can only tell of letters to come: header and dates are read well enough now.
		const encoding = settings.encoding === 'detect' ? this.detector.soFar : settings.encoding;
		this.utf8 = new Utf8Bytes(encoding);
		const text = this.utf8.write(bytes);
		const delimiter = settings.delimiter === 'detect' ? undefined : settings.delimiter;
		this.head = readFileHead(text, isWhole, settings.renamed, delimiter);
		const { header, cells } = this.head;
		if (!header) {
			throw cells.length === 0 ? emptyFile(source) : unknownHeader(source, cells, settings.renamed);
		}
		this.startLooking(header, this.head);
		this.scanner?.write(text);
	}

	private startLooking(header: SourceHeader, head: FileHead): void {
		const { settings, evidence } = this;
		const place = header.placeOf.get('joinDate');
		if (place === undefined || settings.joinDates !== 'detect') return;
		const formatPlace = header.own?.dateFormat;
		let records = 0;
		this.scanner = new CsvScanner(
			(cells) => {
				records++;
				if (records <= head.records) return;
				const declared = formatPlace === undefined ? '' : (cells[formatPlace] ?? '');
				evidence.add((cells[place] ?? '').trim(), namedFormat(declared));
			},
			{ delimiter: head.delimiter },
		);
	}
}
