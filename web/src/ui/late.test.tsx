// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { Component, type ReactNode } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { late } from "./late";

class Boundary extends Component<{ children: ReactNode }, { fault?: string }> {
  override state: { fault?: string } = {};
  static getDerivedStateFromError = ({ name }: Error) => ({ fault: name });
  override render() { return this.state.fault ?? this.props.children; }
}

const missing = () => Promise.reject(new TypeError("Failed to fetch dynamically imported module: https://lake/-/console/assets/Page-1.js"));
const there = () => Promise.resolve({ default: ({ name }: { name: string }) => <p>the page of {name}</p> });
/** What the server answers when it is asked whether it is there. */
const server = (answer: () => Promise<unknown>) => vi.stubGlobal("fetch", vi.fn(answer));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Visits the page, after which `shown` is there. */
async function visit(Page: ReturnType<typeof late<{ name: string }>>, shown: string) {
  vi.spyOn(console, "error").mockImplementation(() => undefined); // React tells of errors that are caught as well
  const { unmount } = render(<Boundary><Page name="ada" /></Boundary>);
  await screen.findByText(shown);
  unmount();
}

test("a file that is there is asked for once", async () => {
  const load = vi.fn(there);
  const Page = late(load);
  for (let visits = 0; visits < 2; ++visits) await visit(Page, "the page of ada");
  expect(load).toHaveBeenCalledOnce();
});

test("a file that could not be loaded is asked for again at the next visit, and not before", async () => {
  server(() => Promise.reject(new TypeError("Failed to fetch")));
  const load = vi.fn(there).mockImplementationOnce(missing);
  const Page = late(load);
  await visit(Page, "Unreachable");
  expect(load).toHaveBeenCalledOnce();
  await visit(Page, "the page of ada");
});

test("where the server answers, the console itself is out of date", async () => {
  server(() => Promise.resolve({ ok: true }));
  await visit(late(missing), "OutOfDate");
});
