/** Whether a row has no value at all: such a line is not a row of the table. */
export const isEmptyRow = (cells: readonly string[]): boolean =>
	cells.every((cell) => cell.trim() === '');
