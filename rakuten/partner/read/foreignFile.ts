import { RakutenProblem } from '../../problem';

const exportAgain =
	'Give the node the CSV as the dashboard exports it (Export on the right side of Publisher Overview or My Publishers), without opening it in a spreadsheet.';

/** How files that are not CSV begin, and what they are. */
const signs: ReadonlyArray<{ begins: readonly number[]; problem: string; what: string }> = [
	{
		begins: [0x50, 0x4b, 0x03, 0x04],
		problem: 'xlsxInsteadOfCsv',
		what: 'an Excel workbook (.xlsx) or another zip archive',
	},
	{
		begins: [0xd0, 0xcf, 0x11, 0xe0],
		problem: 'xlsInsteadOfCsv',
		what: 'an old Excel workbook (.xls)',
	},
	{ begins: [0x25, 0x50, 0x44, 0x46], problem: 'pdfInsteadOfCsv', what: 'a PDF document' },
	{ begins: [0x1f, 0x8b], problem: 'gzipInsteadOfCsv', what: 'compressed (gzip)' },
];

/** The problem with a file whose first bytes show that it is not CSV; undefined where it may be. */
export function foreignFile(source: string, first: Uint8Array): RakutenProblem | undefined {
	const sign = signs.find(({ begins }) => begins.every((byte, at) => first[at] === byte));
	if (sign) {
		return new RakutenProblem(
			sign.problem,
			`${source} is ${sign.what}, not a CSV file`,
			`${exportAgain} Otherwise, open it and save it as "CSV UTF-8".`,
		);
	}
	const text = Buffer.from(first.subarray(0, 512)).toString('latin1').replaceAll('\0', '');
	if (/^[^\w<]*<(?:!doctype|html|\?xml|table|head|body)\b/i.test(text)) {
		return new RakutenProblem(
			'htmlInsteadOfCsv',
			`${source} is a web page, not a CSV file`,
			`The dashboard may have asked to log in again. ${exportAgain}`,
		);
	}
	return undefined;
}

export const emptyFile = (source: string) =>
	new RakutenProblem(
		'emptyFile',
		`${source} is empty`,
		`It does not even have a header. ${exportAgain}`,
	);
