import { useEffect, useSyncExternalStore } from "react";

/** Name and path of a page that another one stands below. */
export interface Crumb {
  text: string;
  to: string;
}

// The page knows where it stands, the shell's bar shows it: the bar is drawn above the page, so it is told.
const nowhere: Crumb[] = [];
let place = nowhere;
const watchers = new Set<() => void>();

function stand(next: Crumb[]): void {
  place = next;
  watchers.forEach((watcher) => watcher());
}

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
};

/** Says where the page stands, while it is there: the pages above it, and itself. */
export function useStanding(crumbs: Crumb[]): void {
  const told = JSON.stringify(crumbs);
  useEffect(() => {
    stand(JSON.parse(told) as Crumb[]);
    return () => stand(nowhere);
  }, [told]);
}

/** Where the page that shows stands. */
export const usePlace = (): Crumb[] => useSyncExternalStore(watch, () => place);
