// Rows as a file that spreadsheets open. What others wrote into the lake must not run there as a formula.

const plainNumber = /^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$/;
const formula = /^[=+\-@\t\r]/;

/** The text so that a spreadsheet takes it for text: a quote stands before what would be a formula. */
export const defused = (text: string): string => (formula.test(text) && !plainNumber.test(text) ? `'${text}` : text);

const quoted = (text: string) => `"${defused(text).replaceAll('"', '""')}"`;

/** One line a row, all texts in quotation marks; NULL is nothing at all, which empty text is not. */
export const csvOf = (columns: string[], rows: (string | undefined)[][]): string =>
  [columns, ...rows].map((cells) => cells.map((cell) => (cell === undefined ? "" : quoted(cell))).join(",") + "\r\n").join("");
