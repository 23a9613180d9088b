// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { kHome } from "../../ui/dialogFocus";
import { RuleDialog } from "./RuleDialog";

beforeEach(() => { vi.spyOn(console, "error").mockImplementation(() => undefined); }); // Cloudscape's lists without keys
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** The page of the policy: a list whose title takes the keyboard where nothing else does, and a button that opens a rule. */
function Page() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <h2><span tabIndex={-1} {...kHome}>Rules</span></h2>
      <button onClick={() => setOpen(true)}>Edit</button>
      {open && <RuleDialog rule={{ Name: "personal data" }} onSubmit={() => undefined} onClose={() => setOpen(false)} />}
    </>
  );
}

const focused = () => document.activeElement as HTMLElement;
const name = () => screen.getByLabelText("Name") as HTMLInputElement;

const cancel = () => screen.getAllByText("Cancel")[0]?.closest("button") as HTMLElement;

/** A rule whose name was changed, and the question whether that is lost; the keyboard was on its button that leaves. */
async function asked() {
  render(<Page />);
  const opener = screen.getByText("Edit");
  opener.focus();
  fireEvent.click(opener);
  await waitFor(() => expect(focused()).toBe(name()));
  fireEvent.change(name(), { target: { value: "private data" } });
  cancel().focus();
  fireEvent.click(cancel());
  const question = await screen.findByText("What you changed in this rule is lost.");
  const within = question.closest("[role=dialog]") as HTMLElement;
  await waitFor(() => expect(within.contains(focused())).toBe(true));
  const press = (text: string) => fireEvent.click([...within.querySelectorAll("button")].find((each) => each.textContent === text) as HTMLElement);
  return { opener, press };
}

test("who keeps a rule goes on in it where they were", async () => {
  const { press } = await asked();
  press("Cancel");
  await waitFor(() => expect(screen.getAllByRole("dialog")).toHaveLength(1));
  expect(focused()).toBe(cancel());
  expect(name().value).toBe("private data");
});

test("who discards a rule is back at the button that opened it", async () => {
  const { opener, press } = await asked();
  press("Discard");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(focused()).toBe(opener);
});

test("who keeps a rule and leaves it later is back at the button, too", async () => {
  const { opener, press } = await asked();
  press("Cancel");
  await waitFor(() => expect(screen.getAllByRole("dialog")).toHaveLength(1));
  fireEvent.change(name(), { target: { value: "personal data" } });
  fireEvent.keyDown(name(), { key: "Escape", keyCode: 27 });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(focused()).toBe(opener);
});
