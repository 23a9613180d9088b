// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ItemTable, rowsOf } from "./ItemTable";

beforeEach(() => { vi.spyOn(console, "error").mockImplementation(() => undefined); }); // Cloudscape's lists without keys
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const read = { value: [{ id: "9f2c", table: "days" }], fault: undefined, loading: false, again: () => undefined };
const table = (more: { nameOf?: (item: { table: string }) => string; fault?: { code: string; message: string } }) => (
  <ItemTable
    title="Grants" empty="None." columns={[{ id: "table", header: "Table", cell: ({ table: name }) => name }]}
    rows={rowsOf({ ...read, fault: more.fault })} keyOf={({ id }) => id} selected={{ items: [], onChange: () => undefined }}
    {...(more.nameOf && { nameOf: more.nameOf })}
  />
);

test("a row is selected by what people call it", () => {
  render(table({ nameOf: ({ table: name }) => `${name} for ada` }));
  expect(screen.getByRole("radio", { name: "Select days for ada" })).toBeTruthy();
});

test("a list that could not be read again keeps its rows and says why", () => {
  render(table({ fault: { code: "NoAnswer", message: "The server did not answer within 30 seconds." } }));
  expect(screen.getByText("days")).toBeTruthy();
  expect(screen.getByRole("alert").textContent).toContain("The server did not answer within 30 seconds.");
  expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
});
