import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import { useSyncExternalStore } from "react";

// Messages that outlive the page that made them: "the request was sent", shown where it is followed.
type Notice = { id: string; type: FlashbarProps.Type; text: string };

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

/** Nobody reads what was told to somebody else. */
export const forgetNotices = (): void => put([]);

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
};

/** The messages that have not been dismissed. */
export function Notices() {
  const shown = useSyncExternalStore(watch, () => notices);
  return (
    <Flashbar
      items={shown.map(({ id, type, text }) => ({
        id, type, content: text, dismissible: true, dismissLabel: "Dismiss", ariaRole: type === "error" ? "alert" : "status",
        onDismiss: () => put(notices.filter((other) => other.id !== id)),
      }))}
    />
  );
}
