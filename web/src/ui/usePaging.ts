import { useEffect, useState } from "react";
import { pageOf, type RowsShown } from "./pageOf";

interface Source {
  /** Asks for the next page of the list; absent at its end. */
  more?: (() => void) | undefined;
  loadingMore?: boolean | undefined;
}

/**
 * Which rows of a list show, and `turn`, which shows other ones. A page that is not loaded yet is asked for; when it fails to come, or
 * adds no rows, the last one shows, also once it does come: nobody is moved who has not asked for it again.
 * @param begin the first page shows when this changes: what the list is sorted and filtered by
 */
export function usePaging<Item>(items: Item[], { more, loadingMore = false }: Source, begin: string) {
  const [page, setPage] = useState(1);
  useEffect(() => setPage(1), [begin]);
  const shown: RowsShown<Item> = pageOf(items, page, loadingMore);
  const { pages } = shown;
  useEffect(() => {
    if (!loadingMore) setPage((wanted) => Math.min(wanted, pages));
  }, [loadingMore, pages]);
  const turn = (to: number) => {
    if (to > pages) more?.();
    setPage(Math.min(to, pages + 1));
  };
  return { shown, turn };
}
