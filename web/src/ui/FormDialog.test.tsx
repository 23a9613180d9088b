// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FormDialog, kPatience } from "./FormDialog";
import { NoticeBar } from "./NoticeBar";
import { forgetNotices } from "./notices";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "error").mockImplementation(() => undefined); // Cloudscape's lists without keys
});
afterEach(() => {
  cleanup();
  act(forgetNotices);
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A dialog whose deed never ends. */
function Hanging({ onClosed }: { onClosed: () => void }) {
  const [open, setOpen] = useState(true);
  const [running, setRunning] = useState(false);
  return (
    <>
      <NoticeBar />
      {open && (
        <FormDialog title="New LF-Tag" submit="Save" onSubmit={() => setRunning(true)} running={running} onClose={() => { setOpen(false); onClosed(); }}>
          <input aria-label="Key" />
        </FormDialog>
      )}
    </>
  );
}

const button = (name: string) => screen.getByRole("button", { name, hidden: true });

test("a dialog stays while its deed is done, and may be closed when the server does not answer", () => {
  const closed = vi.fn();
  render(<Hanging onClosed={closed} />);
  fireEvent.click(button("Save"));
  act(() => vi.advanceTimersByTime(kPatience - 1));
  fireEvent.click(button("Close"));
  expect((button("Cancel") as HTMLButtonElement).disabled).toBe(true);
  expect(closed).not.toHaveBeenCalled();
  expect(screen.getByRole("dialog").querySelector("[role=status]")?.textContent).toBe("");

  act(() => vi.advanceTimersByTime(1));
  expect(screen.getByRole("dialog").querySelector("[role=status]")?.textContent).toContain("what was sent may still be done");
  fireEvent.click(button("Stop waiting"));
  expect(closed).toHaveBeenCalledOnce();
  expect(screen.getByText('"New LF-Tag" was closed before the server answered. What was sent may still be done.')).toBeTruthy();
});

test("what is slow is not sent again by Enter", () => {
  const send = vi.fn();
  render(<FormDialog title="New LF-Tag" submit="Save" onSubmit={send} onClose={() => undefined} running><input aria-label="Key" /></FormDialog>);
  act(() => vi.advanceTimersByTime(kPatience));
  fireEvent.submit(screen.getByRole("dialog").querySelector("form") as HTMLFormElement);
  expect(send).not.toHaveBeenCalled();
});

test("a dialog that does nothing yet closes without a word", () => {
  const closed = vi.fn();
  render(<Hanging onClosed={closed} />);
  act(() => vi.advanceTimersByTime(kPatience));
  fireEvent.click(button("Cancel"));
  expect(closed).toHaveBeenCalledOnce();
  expect(screen.queryByText(/was closed before/)).toBeNull();
});
