import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { kDeadline, within } from "./deadline";

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

/** A call that never answers and listens to nothing; the signal that it was given. */
function hanging() {
  let signal: AbortSignal | undefined;
  return { call: (given: AbortSignal) => { signal = given; return new Promise<string>(() => {}); }, signal: () => signal };
}

test("a call that hangs is given up when its time is over, and its request is ended", async () => {
  const { call, signal } = hanging();
  const told = vi.fn();
  const answer = within(kDeadline, call).catch(told);
  await vi.advanceTimersByTimeAsync(kDeadline - 1);
  expect([told.mock.calls.length, signal()?.aborted]).toEqual([0, false]);
  await vi.advanceTimersByTimeAsync(1);
  await answer;
  expect(told).toHaveBeenCalledWith(expect.objectContaining({ name: "NoAnswer", message: "The server did not answer within 30 seconds." }));
  expect(signal()?.aborted).toBe(true);
});

test("nobody waits for a call that was aborted, though it does not listen", async () => {
  const { call, signal } = hanging();
  const leaving = new AbortController();
  const answer = within(kDeadline, call, leaving.signal);
  leaving.abort(new Error("gone"));
  await expect(answer).rejects.toThrow("gone");
  expect(signal()?.aborted).toBe(true);
});

test("what nobody waits for is not begun", async () => {
  const call = vi.fn(() => Promise.resolve("x"));
  await expect(within(kDeadline, call, AbortSignal.abort(new Error("gone")))).rejects.toThrow("gone");
  expect(call).not.toHaveBeenCalled();
});

test.each([["an answer", () => Promise.resolve("x")], ["a refusal", () => Promise.reject(new Error("No."))]])(
  "%s in time leaves no timer behind", async (_, call: () => Promise<string>) => {
    await Promise.allSettled([within(kDeadline, call)]);
    expect(vi.getTimerCount()).toBe(0);
  });
