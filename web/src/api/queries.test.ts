// @vitest-environment jsdom
import { onlineManager, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { createElement, type ReactNode } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { forgetNotices, useNotices } from "../ui/notices";
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

test("a change has ended when it is done, whatever the lists that are read again do; what they say is said there", async () => {
  const lists = vi.fn(() => Promise.resolve({ items: ["a"] }));
  const { result } = renderHook(() => ({ list: usePages(["list"], lists), change: useChange(() => Promise.resolve("done")) }), within());
  await waitFor(() => expect(result.current.list.items).toEqual(["a"]));
  let fail = (_: Error) => {};
  lists.mockImplementation(() => new Promise((_, reject) => { fail = reject; }));
  await act(async () => expect(await result.current.change.run(undefined)).toBe("done"));
  expect(result.current.change.running).toBe(true); // an editor that begins with what is read waits for it
  act(() => fail(refusal("Slow")));
  await waitFor(() => expect(result.current.list.fault?.code).toBe("Slow"));
  expect([result.current.list.items, result.current.change.running, result.current.change.fault]).toEqual([["a"], false, undefined]);
});

const lostLine = () => new TypeError("Failed to fetch");

test("what is read is asked for again when nobody could be reached, what is refused is not", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const lost = vi.fn(() => lost.mock.calls.length < 3 ? Promise.reject(lostLine()) : Promise.resolve("seen"));
  const busy = vi.fn(() => Promise.reject(Object.assign(new Error("Later."), { name: "ServiceUnavailable", $metadata: { httpStatusCode: 503 } })));
  const refused = vi.fn(() => Promise.reject(Object.assign(refusal("AccessDeniedException"), { $metadata: { httpStatusCode: 400 } })));
  const { result } = renderHook(() => ({ lost: useRead(["a"], lost), busy: useRead(["b"], busy), refused: useRead(["c"], refused) }), within());
  await waitFor(() => expect(result.current.lost.value).toBe("seen"));
  await waitFor(() => expect(result.current.busy.fault?.code).toBe("ServiceUnavailable"));
  expect([busy, refused].map(({ mock }) => mock.calls.length)).toEqual([3, 1]);
  vi.useRealTimers();
});

test("a change is sent once, and says that it may be done where nothing came back", async () => {
  const change = vi.fn(() => Promise.reject(lostLine()));
  const { result } = renderHook(() => useChange(change), within());
  await act(() => result.current.run(undefined));
  await waitFor(() => expect(result.current.fault?.message).toBe("The server cannot be reached. What was sent may still be done: look before you send it again."));
  expect(change).toHaveBeenCalledOnce();
});

test("a change is not kept for the time when a browser thinks that it has a network", async () => {
  act(() => onlineManager.setOnline(false));
  const { result } = renderHook(() => useChange(() => Promise.resolve("done")), within());
  await act(async () => expect(await result.current.run(undefined)).toBe("done"));
  act(() => onlineManager.setOnline(true));
});

/** A change of two steps whose first is held up, asked for by who has left since; `end` ends that step, `told` are the notices. */
async function left() {
  let end: { done: () => void; failed: (why: Error) => void } = { done: () => {}, failed: () => {} };
  const second = vi.fn();
  const { result, unmount } = renderHook(() => useChange(async (_: undefined, gone: AbortSignal) => {
    await new Promise<void>((done, failed) => { end = { done, failed }; });
    gone.throwIfAborted();
    second();
    return "done";
  }), within());
  const answer = result.current.run(undefined);
  await Promise.resolve();
  unmount();
  const told = renderHook(() => useNotices().map(({ text }) => text)).result;
  return { end, answer, second, told };
}

test("who left hears how it ended, nothing more is done for them, and the next step is not taken", async () => {
  act(forgetNotices);
  const { end, answer, second, told } = await left();
  await act(async () => { end.done(); expect(await answer).toBeUndefined(); });
  expect(second).not.toHaveBeenCalled();
  expect(told.current).toEqual(["What you did not wait for did not work: The rest was not sent, as nobody waited for it any more."]);
});

test("who left hears of a single step that it is done, and somebody else does not", async () => {
  act(forgetNotices);
  const notices = renderHook(() => useNotices().map(({ text }) => text)).result;
  for (const [somebodyElse, heard] of [[false, ["What you did not wait for is done."]], [true, []]] as const) {
    let done = () => {};
    const { result, unmount } = renderHook(() => useChange(() => new Promise<string>((end) => { done = () => end("done"); })), within());
    const answer = result.current.run(undefined);
    await Promise.resolve();
    unmount();
    if (somebodyElse) act(forgetNotices);
    await act(async () => { done(); expect(await answer).toBeUndefined(); });
    expect(notices.current).toEqual(heard);
  }
});
