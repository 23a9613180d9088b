import { expect, test } from "vitest";
import type { Approval } from "../../api/weir.gen";
import { askedColumns, fullTerms, givenWith, narrowingOf, tableOf, wrongTerms } from "./terms";

const approval = (more: Partial<Approval> = {}): Approval => ({
  Facts: [{ Label: "Request", Value: "1" }, { Label: "Item", Value: "sales.orders" }], Narrowable: true,
  Asked: { DurationSeconds: 864_000 }, ...more,
});
const columns = ["id", "email", "amount"];

test("the table is told by the facts, where there is one", () => {
  expect(tableOf(approval())).toEqual({ database: "sales", table: "orders" });
  expect(tableOf(approval({ Facts: [{ Label: "Item", Value: "sales.*" }] }))).toBeUndefined();
  expect(tableOf(approval({ Facts: [{ Label: "Item", Value: "a.b" }, { Label: "Item", Value: "a.c" }] }))).toBeUndefined();
});

test("columns that were left out from the beginning are not offered", () => {
  const facts = [{ Label: "Item", Value: "sales.orders" }, { Label: "Without columns", Value: "email, amount" }];
  expect(askedColumns(approval({ Facts: facts }), ["ID", "Email", "amount"])).toEqual(["id"]);
  expect(askedColumns(approval({ Asked: { Columns: ["id"] } }), columns)).toEqual(["id"]);
});

test("who gives everything sends no terms", () => {
  expect(narrowingOf(approval(), columns, fullTerms(approval(), columns))).toBeUndefined();
});

test("only what is less is sent", () => {
  expect(narrowingOf(approval(), columns, { columns: ["id"], rowFilter: " id > 1 ", seconds: 86_400 }))
    .toEqual({ Columns: ["id"], RowFilter: "id > 1", DurationSeconds: 86_400 });
});

test("what was asked for without an end may get one", () => {
  const endless = approval({ Asked: {} });
  expect(wrongTerms(endless, columns, { columns, rowFilter: "", seconds: undefined })).toBeUndefined();
  expect(narrowingOf(endless, columns, { columns, rowFilter: "", seconds: 60 })).toEqual({ DurationSeconds: 60 });
});

test("no column, and longer than was asked, cannot be given", () => {
  expect(wrongTerms(approval(), columns, { columns: [], rowFilter: "", seconds: 60 })).toMatch(/column/);
  expect(wrongTerms(approval(), columns, { columns, rowFilter: "", seconds: 864_001 })).toMatch(/longer/);
  expect(wrongTerms(approval(), columns, { columns, rowFilter: "", seconds: undefined })).toMatch(/end/);
  expect(wrongTerms(approval(), columns, { columns: ["id"], rowFilter: "", seconds: 60 })).toBeUndefined();
});

test("columns that were typed, because nobody could list them, are given", () => {
  const given = { columns: ["id"], rowFilter: "", seconds: 864_000 };
  expect(narrowingOf(approval(), [], given)).toEqual({ Columns: ["id"] });
});

const withRows = approval({
  Asked: { RowFilter: "id < 1" },
  Decisions: [{ Verdict: "approve", Narrowed: { RowFilter: "day > 2" } }, { Verdict: "abstain", Narrowed: { RowFilter: "never" } }, { Verdict: "approve" }],
});

test("rows meet what was asked and what every approver chose, whatever the texts have in common", () => {
  expect(givenWith(approval(), undefined)).toEqual({});
  expect(givenWith(approval(), { RowFilter: "id < 1" })).toEqual({ RowFilter: "id < 1" });
  expect(givenWith(approval({ Asked: { RowFilter: "id < 1" } }), { RowFilter: "id < 100" })).toEqual({ RowFilter: "(id < 1) AND (id < 100)" });
  expect(givenWith(withRows, { Columns: ["id"], RowFilter: "a OR b" })).toEqual({ Columns: ["id"], RowFilter: "(id < 1) AND (day > 2) AND (a OR b)" });
});

test.each(["id < 1", " day > 2 "])("the condition %j, which holds already, is not said again", (rowFilter) => {
  expect(narrowingOf(withRows, columns, { columns, rowFilter, seconds: undefined })).toBeUndefined();
  expect(givenWith(withRows, { RowFilter: rowFilter.trim() })).toEqual({ RowFilter: "(id < 1) AND (day > 2)" });
});

test("columns and time are what every approver left", () => {
  const second = approval({ Decisions: [{ Verdict: "approve", Narrowed: { Columns: ["id", "amount"], DurationSeconds: 86_400 } }] });
  expect(givenWith(second, undefined)).toEqual({ Columns: ["id", "amount"], DurationSeconds: 86_400 });
  expect(givenWith(second, { Columns: ["id", "email"], DurationSeconds: 172_800 })).toEqual({ Columns: ["id"], DurationSeconds: 86_400 });
  expect(wrongTerms(second, columns, { columns: ["email"], rowFilter: "", seconds: 60 })).toMatch(/Other approvers/);
  expect(wrongTerms(second, columns, { columns: ["email", "id"], rowFilter: "", seconds: 60 })).toBeUndefined();
});
