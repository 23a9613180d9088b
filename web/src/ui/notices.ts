import type { FlashbarProps } from "@cloudscape-design/components/flashbar";
import { useSyncExternalStore } from "react";

// Messages that outlive the page that made them: "the request was sent", shown where it is followed.
export type Notice = { id: string; type: FlashbarProps.Type; text: string };

let notices: Notice[] = [];
let count = 0;
const watchers = new Set<() => void>();

function put(next: Notice[]): void {
  notices = next;
  watchers.forEach((watcher) => watcher());
}

/** Tells the person something above whatever page they are on, until they dismiss it. The five newest stay. */
export function notice(text: string, type: FlashbarProps.Type = "success"): void {
  put([{ id: String(++count), type, text }, ...notices].slice(0, 5));
}

let forgotten = 0;

/** Nobody reads what was told to somebody else. */
export function forgetNotices(): void {
  ++forgotten;
  put([]);
}

/** Tells what is known later: nothing once the notices were forgotten, as somebody else may be there then. */
export function noticeLater(): typeof notice {
  const since = forgotten;
  return (text, type) => void (since === forgotten && notice(text, type));
}

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
};

/** The messages that have not been dismissed, the newest first. */
export const useNotices = (): Notice[] => useSyncExternalStore(watch, () => notices);

/** Takes a message away. */
export const dismissNotice = (id: string): void => put(notices.filter((other) => other.id !== id));
