// @vitest-environment jsdom
import { onlineManager, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { createElement, type ReactNode } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { allItems, everyItem, newQueryClient, useChange, usePages, useRead } from "./queries";

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

test("lists are read again after a change that failed, as a part of it may have been done", async () => {
  const [pages, list] = [vi.fn(() => Promise.resolve({ items: ["a"] })), vi.fn(() => Promise.resolve(["b"]))];
  const { result } = renderHook(() => ({
    pages: usePages(["people"], pages), list: useRead(["groups-of"], list, { list: true }), change: useChange(() => Promise.reject(refusal("Limit"))),
  }), within());
  await waitFor(() => expect(result.current.list.value).toEqual(["b"]));
  await act(() => result.current.change.run(undefined));
  await waitFor(() => expect([pages.mock.calls.length, list.mock.calls.length]).toEqual([2, 2]));
});

test("a network that comes back reads nothing again", async () => {
  const read = vi.fn(() => Promise.resolve("revision 1"));
  const { result } = renderHook(() => useRead(["policy"], read), within());
  await waitFor(() => expect(result.current.value).toBe("revision 1"));
  act(() => { onlineManager.setOnline(false); onlineManager.setOnline(true); });
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

test("a next page that failed is read again, and what was read stays", async () => {
  const pages = vi.fn((token: string | undefined): Promise<{ items: string[]; next?: string }> =>
    !token ? Promise.resolve({ items: ["a"], next: "b" }) : pages.mock.calls.length === 2 ? Promise.reject(refusal("Slow")) : Promise.resolve({ items: ["b"] }));
  const { result } = renderHook(() => usePages(["list"], pages), within());
  await waitFor(() => expect(result.current.items).toEqual(["a"]));
  act(() => result.current.more?.());
  await waitFor(() => expect(result.current.fault?.code).toBe("Slow"));
  expect(result.current.items).toEqual(["a"]);
  act(() => result.current.again());
  await waitFor(() => expect(result.current.items).toEqual(["a", "b"]));
  expect(pages.mock.calls.map(([token]) => token)).toEqual([undefined, "b", "b"]);
});

test("asking for the next page while it is on its way does not ask for it anew", async () => {
  let arrive = (_: { items: string[] }) => {};
  const pages = vi.fn((token: string | undefined): Promise<{ items: string[]; next?: string }> =>
    token ? new Promise((done) => { arrive = done; }) : Promise.resolve({ items: ["a"], next: "b" }));
  const { result } = renderHook(() => usePages(["list"], pages), within());
  await waitFor(() => expect(result.current.items).toEqual(["a"]));
  act(() => result.current.more?.());
  await waitFor(() => expect(result.current.loadingMore).toBe(true));
  act(() => result.current.more?.());
  arrive({ items: ["b"] });
  await waitFor(() => expect(result.current.items).toEqual(["a", "b"]));
  expect(pages).toHaveBeenCalledTimes(2);
});

test("a list is followed to its end, over pages that are empty, and no further than it is asked for", async () => {
  const read = vi.fn((token: string | undefined) =>
    Promise.resolve(token === undefined ? { items: [1], next: "2" } : token === "2" ? { items: [], next: "3" } : { items: [2, 3], next: "" }));
  expect(await allItems(read)).toEqual([1, 2, 3]);
  expect(read).toHaveBeenCalledTimes(3);
  for await (const item of everyItem(read)) if (item === 1) break;
  expect(read).toHaveBeenCalledTimes(4);
});
