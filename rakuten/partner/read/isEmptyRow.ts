/** Whether a row has no value at all: such a line is no row of the table. */
export const isEmptyRow = (cells: readonly string[]): boolean =>
	cells.every((cell) => cell.trim() === '');
