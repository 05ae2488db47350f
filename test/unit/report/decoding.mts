import { ReportDecoder } from '../../../rakuten/report/ReportDecoder';
import type { DecodedReport } from '../../../rakuten/report/ReportDecoder';
import type { RowSettings } from '../../../rakuten/report/rowSettings';
import type { ReadRow } from '../../../rakuten/report/rowReader';
import type { RejectedRow, ReportRow } from '../../../rakuten/line/reportRow';

export interface Decoded extends DecodedReport {
	rows: ReportRow[];
	readRows: ReadRow[];
	rejectedRows: RejectedRow[];
}

export const plainSettings: RowSettings = {
	zone: 'GMT',
	dateType: 'process',
	currencies: new Map(),
	fieldNames: 'normalized',
	fields: 'all',
	lineIdFrom: 'automatic',
};

/** Decodes a report given as text, in chunks of the given number of bytes. */
export function decode(text: string, settings: Partial<RowSettings> = {}, chunkBytes = 7): Decoded {
	const readRows: ReadRow[] = [];
	const rejectedRows: RejectedRow[] = [];
	const decoder = new ReportDecoder({ ...plainSettings, ...settings });
	const take = () => {
		const { rows, rejected } = decoder.take();
		readRows.push(...rows);
		rejectedRows.push(...rejected);
	};
	const bytes = Buffer.from(text, 'utf8');
	for (let at = 0; at < bytes.length; at += chunkBytes) {
		decoder.write(bytes.subarray(at, at + chunkBytes));
		take();
	}
	const account = decoder.end();
	take();
	return { ...account, rows: readRows.map(({ json }) => json), readRows, rejectedRows };
}

/** Lines with the line ends Rakuten uses. */
export const csv = (...lines: string[]) => lines.map((line) => `${line}\r\n`).join('');

export const signatureHeader =
	'Member ID (U1),MID,Advertiser Name,Order ID,Transaction Date,Transaction Time,SKU,Sales,# of Items,Total Commission,Process Date,Process Time';

export const signatureRow =
	'click-abc123,45904,Example Shop,4000110733,2/22/19,06:58:45,SKU-1,43.17,1,2.50,2/22/19,07:01:00';
