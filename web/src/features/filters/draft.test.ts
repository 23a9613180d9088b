import { expect, test } from "vitest";
import { columnsText, draftOf, filterOf, rowsText, type FilterDraft } from "./draft";

const catalog = "111122223333";
const draft: FilterDraft = { name: "eu", database: "sales", table: "orders", way: "all", columns: [], rows: "" };
const place = { TableCatalogId: catalog, DatabaseName: "sales", TableName: "orders", Name: "eu" };

test.each([
  [{}, { RowFilter: { AllRowsWildcard: {} }, ColumnWildcard: {} }, "all", "all"],
  [{ rows: " area = 'eu' " }, { RowFilter: { FilterExpression: "area = 'eu'" }, ColumnWildcard: {} }, "all", "area = 'eu'"],
  [{ way: "only", columns: ["id"] }, { RowFilter: { AllRowsWildcard: {} }, ColumnNames: ["id"] }, "id", "all"],
  [{ way: "but", columns: ["id", "x"] }, { RowFilter: { AllRowsWildcard: {} }, ColumnWildcard: { ExcludedColumnNames: ["id", "x"] } }, "all but id, x", "all"],
] as const)("a draft with %j becomes %j and back", (change, filter, columns, rows) => {
  const made = filterOf({ ...draft, ...change } as FilterDraft, catalog);
  expect(made).toEqual({ ...place, ...filter });
  expect(columnsText(made!)).toBe(columns);
  expect(rowsText(made!)).toBe(rows);
  expect(filterOf(draftOf(made!), catalog)).toEqual(made);
});

test("what is changed carries the version that was read", () => {
  expect(filterOf(draftOf({ ...place, VersionId: "7" }), catalog)?.VersionId).toBe("7");
});

test.each([{ name: "" }, { database: undefined }, { table: undefined }, { way: "only" }, { way: "but" }] as Partial<FilterDraft>[])(
  "with %j it is not complete, and never means everything", (change) => expect(filterOf({ ...draft, ...change }, catalog)).toBeUndefined());
