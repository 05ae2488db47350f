/** What a spreadsheet takes for the beginning of a formula. */
const formula = /^'*[=+\-@\t\r]/;
const harmless = /^'+[=+\-@\t\r]/;

/**
 * A cell that a spreadsheet would take for a formula, with an apostrophe before it; any other cell
 * as it is. A cell that looks so already gets one more, so that none is lost on the way back.
 */
export const makeHarmless = (cell: string): string => (formula.test(cell) ? `'${cell}` : cell);

/** The cell before makeHarmless. */
export const undoHarmless = (cell: string): string => (harmless.test(cell) ? cell.slice(1) : cell);
