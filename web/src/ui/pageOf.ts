/** How many rows are in the page at once, however many a list has. */
export const kRowsShown = 50;

export interface RowsShown<Item> {
  rows: Item[];
  /** Of those that were loaded; one at least. */
  pages: number;
  /** Whether the page that is asked for is not loaded yet. */
  ahead: boolean;
}

/** The rows of one page of a list. @param page from 1; one after the last is on its way, or the last when `more` is false. */
export function pageOf<Item>(items: Item[], page: number, more: boolean): RowsShown<Item> {
  const pages = Math.max(1, Math.ceil(items.length / kRowsShown));
  const ahead = more && page > pages;
  const shown = Math.min(Math.max(1, page), pages);
  return { rows: ahead ? [] : items.slice((shown - 1) * kRowsShown, shown * kRowsShown), pages, ahead };
}
