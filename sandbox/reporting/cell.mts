import type { Advertiser } from '../account/advertisers.mts';
import type { Activity, Line } from '../account/lines.mts';
import type { Side } from '../host/tokens.mts';
import type { Language } from './languages.mts';
import type { Settings } from './settings.mts';

/** What one row may be made of: a line, or a day's traffic of a link. */
export type Entry =
	| { advertiser: Advertiser; line: Line; activity?: undefined }
	| { advertiser: Advertiser; line?: undefined; activity: Activity };

/** What the text of a cell depends on besides the data. */
export interface Wording {
	zone: string;
	language: Language;
	/** `/` or `-`, as the date format asked for has it. */
	dateSeparator: string;
	side: Side;
	settings: Settings;
	u1Of: (line: Line) => string;
}
