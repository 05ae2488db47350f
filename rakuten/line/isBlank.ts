/** Texts that stand for "no value" in reports (seen in public connectors). */
export function isBlank(text: string): boolean {
	if (text === '') return true;
	const first = text.charCodeAt(0);
	// Only n, N, < and white space can begin one: this skips the rest for nearly every cell.
	if (first !== 0x6e && first !== 0x4e && first !== 0x3c && first > 0x20 && first < 0x80)
		return false;
	return /^(?:null|<none>)?$/i.test(text.trim());
}
