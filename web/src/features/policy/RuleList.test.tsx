// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RuleList } from "./RuleList";

beforeEach(() => { vi.spyOn(console, "error").mockImplementation(() => undefined); }); // Cloudscape's lists without keys
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function Page() {
  const [rules, setRules] = useState(["a", "b", "c"].map((Name) => ({ Name })));
  return <RuleList rules={rules} onChange={(next) => setRules(next as { Name: string }[])} />;
}

const names = () => screen.getAllByRole("heading", { level: 2 }).map(({ textContent }) => textContent);
const focused = () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent;

test("who moves a rule goes on moving it, and back where there is no further", async () => {
  render(<Page />);
  fireEvent.click(screen.getByRole("button", { name: "Move c up" }));
  expect(names()).toEqual(["a", "c", "b"]);
  await waitFor(() => expect(focused()).toBe("Move c up"));
  fireEvent.click(screen.getByRole("button", { name: "Move c up" }));
  expect(names()).toEqual(["c", "a", "b"]);
  await waitFor(() => expect(focused()).toBe("Move c down"));
});

test("the keyboard does not go with a rule that is removed", () => {
  render(<Page />);
  const remove = screen.getByRole("button", { name: "Remove c" });
  remove.focus();
  fireEvent.click(remove);
  expect(names()).toEqual(["a", "b"]);
  expect(focused()).toBe("Add a rule");
});
