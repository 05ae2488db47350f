import type { ConversionSettings } from '../../rakuten/partner/read/conversionSettings';
import type { ReadingSettings } from '../../rakuten/partner/read/FileSurvey';

/** Everything that the conversion of one brand is to do, read from the node's fields. */
export interface MediarailsPlan {
	readonly reading: ReadingSettings;
	readonly conversion: ConversionSettings;
	readonly output: 'csv' | 'items';
	readonly rejectedAs: 'csv' | 'items';
	readonly outputField: string;
	/** Without number and extension; one is made where the user gave none. */
	readonly fileName: string;
	/** The day the run began, in the workflow's time zone: for the names of files. */
	readonly day: string;
	readonly byteOrderMark: boolean;
	readonly splitEveryRows: number;
}
