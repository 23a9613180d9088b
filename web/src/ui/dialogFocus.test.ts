// @vitest-environment jsdom
import { cleanup, render, waitFor } from "@testing-library/react";
import { createElement as make, useRef } from "react";
import { afterEach, expect, test } from "vitest";
import { kHome, useDialogFocus } from "./dialogFocus";

afterEach(cleanup);

function Dialog() {
  const form = useRef<HTMLFormElement>(null);
  useDialogFocus(form);
  return make("form", { ref: form }, make("input", { disabled: true }), make("input", { type: "radio" }), make("textarea"));
}

/** A list with a button that opens a dialog; the button lasts as long as something is chosen. */
const Page = ({ open, chosen }: { open: boolean; chosen: boolean }) =>
  make("div", {},
    make("section", {}, make("h2", {}, make("span", { tabIndex: -1, ...kHome, id: "other" }))),
    make("section", {},
      make("h2", {}, make("span", { tabIndex: -1, ...kHome, id: "home" })), make("button", { id: "opener", disabled: !chosen })),
    open && make(Dialog));

function opened() {
  const { rerender } = render(make(Page, { open: false, chosen: true }));
  document.getElementById("opener")?.focus();
  rerender(make(Page, { open: true, chosen: true }));
  return rerender;
}

test("a dialog begins in its first field that can be filled in", async () => {
  opened();
  await waitFor(() => expect(document.activeElement?.tagName).toBe("TEXTAREA"));
});

test("when its button can no longer be pressed the keyboard goes to the title of the list", async () => {
  const rerender = opened();
  await waitFor(() => expect(document.activeElement?.tagName).toBe("TEXTAREA"));
  rerender(make(Page, { open: false, chosen: false }));
  expect(document.activeElement?.id).toBe("home");
});
