// @vitest-environment jsdom
import { QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { createElement, type ReactNode } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { newQueryClient, useChange, usePages, useRead } from "./queries";

const within = () => {
  const queries = newQueryClient(ended);
  return { wrapper: ({ children }: { children: ReactNode }) => createElement(QueryClientProvider, { client: queries }, children) };
};
const ended = vi.fn();
afterEach(() => ended.mockClear());

const refusal = (name: string) => Object.assign(new Error("No."), { name });

test("after a change everything that shows is read again, whatever it is kept under", async () => {
  const read = vi.fn(() => Promise.resolve("seen"));
  const { result } = renderHook(() => ({ read: useRead(["my-access"], read), change: useChange(() => Promise.resolve("granted")) }), within());
  await waitFor(() => expect(result.current.read.value).toBe("seen"));
  await act(() => result.current.change.run(undefined));
  expect(read).toHaveBeenCalledTimes(2);
});

test("a change of one thing reads again what is kept under its key alone", async () => {
  const [queries, databases] = [vi.fn(() => Promise.resolve(1)), vi.fn(() => Promise.resolve(2))];
  const { result } = renderHook(() => ({
    queries: useRead(["queries"], queries), databases: useRead(["databases"], databases), change: useChange(() => Promise.resolve(1), ["queries"]),
  }), within());
  await waitFor(() => expect(result.current.databases.value).toBe(2));
  await act(() => result.current.change.run(undefined));
  expect([queries.mock.calls.length, databases.mock.calls.length]).toEqual([2, 1]);
});

test("what is about one moment is neither asked again by a change nor kept for the next time", async () => {
  const rehearse = vi.fn(() => Promise.resolve(rehearse.mock.calls.length));
  const shared = within();
  const first = renderHook(() => ({ read: useRead(["dry-run"], rehearse, { momentary: true }), change: useChange(() => Promise.resolve(1)) }), shared);
  await waitFor(() => expect(first.result.current.read.value).toBe(1));
  await act(() => first.result.current.change.run(undefined));
  expect(rehearse).toHaveBeenCalledTimes(1);
  first.unmount();
  const second = renderHook(() => useRead(["dry-run"], rehearse, { momentary: true }), shared);
  await waitFor(() => expect(second.result.current.value).toBe(2));
});

test("a change that failed says why, throws nothing, and leaves what was read", async () => {
  const read = vi.fn(() => Promise.resolve("seen"));
  const { result } = renderHook(() => ({ read: useRead(["policy"], read), change: useChange(() => Promise.reject(refusal("ConflictException"))) }), within());
  await waitFor(() => expect(result.current.read.value).toBe("seen"));
  await act(async () => expect(await result.current.change.run(undefined)).toBeUndefined());
  await waitFor(() => expect(result.current.change.fault).toEqual({ code: "ConflictException", message: "No." }));
  expect(read).toHaveBeenCalledTimes(1);
});

test("a sign-in that has ended is told wherever it is noticed, a refusal is not", async () => {
  const { result } = renderHook(() => ({
    refused: useRead(["a"], () => Promise.reject(refusal("AccessDeniedException"))), over: useChange(() => Promise.reject(refusal("ExpiredToken"))),
  }), within());
  await waitFor(() => expect(result.current.refused.fault?.code).toBe("AccessDeniedException"));
  expect(ended).not.toHaveBeenCalled();
  await act(() => result.current.over.run(undefined));
  expect(ended).toHaveBeenCalledOnce();
});

test("a list is read page by page, as far as it is asked for", async () => {
  const pages = vi.fn((token: string | undefined) => Promise.resolve(token ? { items: ["c"] } : { items: ["a", "b"], next: "further" }));
  const { result } = renderHook(() => usePages(["list"], pages), within());
  await waitFor(() => expect(result.current.items).toEqual(["a", "b"]));
  expect(pages).toHaveBeenCalledTimes(1);
  act(() => result.current.more?.());
  await waitFor(() => expect(result.current.items).toEqual(["a", "b", "c"]));
  expect(result.current.more).toBeUndefined();
});
