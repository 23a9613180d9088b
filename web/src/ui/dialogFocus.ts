import { useEffect, useState, type RefObject } from "react";

/** Marks what takes the keyboard when the button that opened a dialog can no longer be pressed: a list's title. */
export const kHome = { "data-keyboard-home": "" };

const kField = "input:enabled:not([type=radio]:not(:checked)), textarea:enabled, select:enabled, button[aria-haspopup]:enabled";

/** The home of the keyboard that is nearest to an element: of its own list, else the page itself. */
function homeOf(element: Element | null): HTMLElement | null {
  for (let around = element; around; around = around.parentElement) {
    const home = around.querySelector<HTMLElement>("[data-keyboard-home]");
    if (home) return home;
  }
  return document.querySelector<HTMLElement>("#content");
}

/**
 * Where the keyboard is in a dialog, and after it: it begins in the first field, and goes back to what opened the dialog. When that can no
 * longer be pressed, as nothing is selected any more, it goes to the title of its list.
 * @param form what the dialog shows, from a component that is rendered inside of it
 */
export function useDialogFocus(form: RefObject<HTMLElement | null>): void {
  const [opener] = useState(() => document.activeElement);
  const [home] = useState(() => homeOf(opener));
  useEffect(() => {
    // After the dialog's own effect, which leads to the button that closes it.
    queueMicrotask(() => form.current?.querySelector<HTMLElement>(kField)?.focus());
    return () => {
      if (!opener?.isConnected || opener.matches(":disabled")) home?.focus();
    };
  }, [form, opener, home]);
}
