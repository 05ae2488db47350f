import type { Truncation } from './faults.mts';

/** What is left of a report's text (or put into it) by a truncation; lines end in CRLF. */
export function truncatedText(report: string, how: Truncation): string {
	switch (how) {
		case 'destroy':
		case 'destroyChunked':
			return report.slice(0, Math.floor(report.length / 2));
		case 'noFinalLineEnd':
			return report.replace(/\r\n$/, '');
		case 'atLineEnd':
			return report.slice(0, lineStart(report, Math.floor(report.length * 0.6)));
		case 'midLine':
			return midLine(report);
		case 'insideQuote':
			return insideQuote(report);
		case 'strayQuote':
			return strayQuote(report);
	}
}

/** Up to the middle of a line past three fifths of the text that has no quotes in it. */
function midLine(report: string): string {
	let start = lineStart(report, Math.floor(report.length * 0.6));
	for (;;) {
		const end = report.indexOf('\r\n', start);
		if (end < 0 || end + 2 >= report.length) break;
		if (!report.slice(start, end).includes('"')) {
			return report.slice(0, start + Math.floor((end - start) / 2));
		}
		start = end + 2;
	}
	return report.slice(0, -Math.min(report.length, 5));
}

/** Up to two characters into a quoted field; a text without one gets one. */
function insideQuote(report: string): string {
	const match = /(?:,|\r\n)"[^"\r\n]{3}/g;
	match.lastIndex = Math.floor(report.length / 3);
	const found = match.exec(report);
	if (found) return report.slice(0, found.index + found[0].length - 1);
	return `${report.slice(0, lineStart(report, Math.floor(report.length * 0.6)))}"unfinish`;
}

/** A quote opened at the start of a line in the middle, and never closed. */
function strayQuote(report: string): string {
	const start = lineStart(report, Math.floor(report.length / 2));
	// The quotes after it would close it again.
	return `${report.slice(0, start)}"${report.slice(start).replaceAll('"', '')}`;
}

/** The start of the first line after a place, or of the text's last line. */
function lineStart(report: string, place: number): number {
	const end = report.indexOf('\r\n', place);
	if (end >= 0 && end + 2 < report.length) return end + 2;
	return report.lastIndexOf('\r\n', report.length - 3) + 2;
}
