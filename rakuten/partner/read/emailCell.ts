const mostLocalLetters = 64;

/** A longer cell is not looked through: a list of a few addresses is shorter. */
const longestCell = 4000;

/** Why a cell is not one e-mail address; undefined where it is one, or empty. */
export function badEmail(cell: string): string | undefined {
	if (cell === '') return undefined;
	if (cell.length > longestCell) return 'is not an e-mail address';
	if (isEmail(cell)) return undefined;
	const parts = cell.split(/[\s,;|]+/).filter((part) => part !== '');
	if (parts.length > 1 && parts.every(isEmail)) return `holds ${parts.length} e-mail addresses`;
	return 'is not an e-mail address';
}

function isEmail(text: string): boolean {
	const at = text.lastIndexOf('@');
	return (
		at > 0 &&
		at <= mostLocalLetters &&
		/^[^\s@"<>(),;:\\[\]]+@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u.test(
			text,
		)
	);
}
