/** How many letters are given to patterns to search while some work is done. */
export function lettersSearched(work: () => void): number {
	const { exec } = RegExp.prototype;
	let letters = 0;
	// Every method that searches with a pattern calls this one.
	RegExp.prototype.exec = function (text: string) {
		letters += text.length;
		return exec.call(this, text);
	};
	try {
		work();
	} finally {
		RegExp.prototype.exec = exec;
	}
	return letters;
}
