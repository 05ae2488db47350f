/**
 * One record of a CSV file with its line end: RFC 4180 quotes if a value needs them, CRLF, and null
 * and undefined as empty.
 */
export function csvLine(values: ReadonlyArray<string | number | null | undefined>): string {
	let line = '';
	for (let index = 0; index < values.length; index++) {
		const value = values[index];
		if (index > 0) line += ',';
		if (typeof value === 'string') line += quoted(value);
		else if (value !== null && value !== undefined) line += value;
	}
	// A single empty value would be read back as a blank line.
	return line === '' && values.length === 1 ? '""\r\n' : `${line}\r\n`;
}

const quoted = (text: string) =>
	/[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
