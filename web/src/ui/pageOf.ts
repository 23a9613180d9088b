/** How many rows are in the page at once, however many a list has. */
export const kRowsShown = 50;

/** One page of a list, as it stands. */
export interface RowsShown<Item> {
  rows: Item[];
  /** Which page it is, from 1. */
  page: number;
  /** Of those that were loaded; one at least. */
  pages: number;
  /** Whether the page that is asked for is on its way. */
  ahead: boolean;
}

/** The rows of one page of a list. @param page from 1; one after the last is on its way when `coming`, and else the last */
export function pageOf<Item>(items: Item[], page: number, coming: boolean): RowsShown<Item> {
  const pages = Math.max(1, Math.ceil(items.length / kRowsShown));
  const ahead = coming && page > pages;
  const shown = ahead ? page : Math.min(Math.max(1, page), pages);
  return { rows: items.slice((shown - 1) * kRowsShown, shown * kRowsShown), page: shown, pages, ahead };
}
