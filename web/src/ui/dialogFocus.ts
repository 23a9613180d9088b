import { useEffect, useState, type RefObject } from "react";

/** Marks what takes the keyboard when the button that opened a dialog can no longer be pressed: a list's title. */
export const kHome = { "data-keyboard-home": "" };

const kField = "input:enabled:not([type=radio]:not(:checked)), textarea:enabled, select:enabled, button[aria-haspopup]:enabled";
const kDialog = "[role=dialog]";

/** The home of the keyboard that is nearest to an element: of its own list, else the page itself. */
function homeOf(element: Element | null | undefined): HTMLElement | null {
  for (let around = element; around; around = around.parentElement) {
    const home = around.querySelector<HTMLElement>("[data-keyboard-home]");
    if (home) return home;
  }
  return document.querySelector<HTMLElement>("#content");
}

/** Of each dialog that is there, what opened it; of one that another dialog opened, then what opened that one, and so on. */
const waysBack = new WeakMap<Element, Element[]>();

function wayBackFrom(opener: Element | null): Element[] {
  if (!opener) return [];
  const around = opener.closest(kDialog);
  return [opener, ...((around && waysBack.get(around)) ?? [])];
}

const canTake = (element: Element): boolean => element.isConnected && !element.matches(":disabled");

/**
 * Where the keyboard is in a dialog, and after it: it begins in the first field, and goes back to what opened the dialog. When that is in a
 * dialog that went with this one, it goes to what opened that one; when it can no longer be pressed, as nothing is selected any more, to the
 * title of its list.
 * @param form what the dialog shows, from a component that is rendered inside of it
 */
export function useDialogFocus(form: RefObject<HTMLElement | null>): void {
  const [back] = useState(() => wayBackFrom(document.activeElement));
  const [home] = useState(() => homeOf(back.at(-1)));
  useEffect(() => {
    const dialog = form.current?.closest(kDialog);
    if (dialog) waysBack.set(dialog, back);
    // After the dialog's own effect, which leads to the button that closes it.
    queueMicrotask(() => form.current?.querySelector<HTMLElement>(kField)?.focus());
    return () => {
      const first = back.find(canTake) ?? home;
      if (first !== back[0]) (first as HTMLElement | null)?.focus();
    };
  }, [form, back, home]);
}
