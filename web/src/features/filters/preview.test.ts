import { expect, test, vi } from "vitest";
import type { WeirCall } from "../../api/weir";
import { answerTo, countSql, countText, kPreviewRows, previewSql } from "./preview";

const place = { TableCatalogId: "111122223333", DatabaseName: "sales", TableName: "orders", Name: "eu" };

test("a preview asks for the columns and rows that the filter shows", () => {
  const filter = { ...place, ColumnNames: ["id", "area"], RowFilter: { FilterExpression: "area = 'eu'" } };
  expect(previewSql(filter)).toBe("SELECT \"id\", \"area\" FROM \"sales\".\"orders\"\nWHERE (\narea = 'eu'\n)\nLIMIT 20");
});

test("all rows and all columns take no condition", () => {
  expect(previewSql({ ...place, ColumnWildcard: {}, RowFilter: { AllRowsWildcard: {} } })).toBe('SELECT * FROM "sales"."orders"\nLIMIT 20');
});

test("all rows that stay are counted, with the same condition", () => {
  expect(countSql({ ...place, ColumnNames: ["id"], RowFilter: { FilterExpression: "id > 1 -- mine" } })).toBe(
    'SELECT count(*) FROM "sales"."orders"\nWHERE (\nid > 1 -- mine\n)');
  expect(countSql({ ...place, RowFilter: { AllRowsWildcard: {} } })).toBe('SELECT count(*) FROM "sales"."orders"');
});

test("a name of anything stays one name", () => {
  expect(previewSql({ ...place, TableName: 'x" JOIN "y' })).toContain('"sales"."x"" JOIN ""y"');
});

test("a condition that ends in a comment does not take the rest of the query along", () => {
  expect(previewSql({ ...place, RowFilter: { FilterExpression: "id > 1 -- mine" } })).toMatch(/-- mine\n\)\nLIMIT 20$/);
});

test("rows that are all there are counted as they are", () => {
  expect(countText(0, undefined)).toBe("0 rows, of what you may see yourself.");
  expect(countText(1, undefined)).toBe("1 row, of what you may see yourself.");
});

test("of more, the first and the count of all are told", () => {
  expect(countText(kPreviewRows, "20")).toBe("20 of 20 rows, of what you may see yourself.");
  expect(countText(kPreviewRows, "1234567")).toBe(`20 of ${(1234567).toLocaleString()} rows, of what you may see yourself.`);
});

test("without a count the first ones are told as that", () => {
  expect(countText(kPreviewRows, undefined)).toBe("The first 20, of what you may see yourself.");
});

test("a query that nobody waits for any more when it has begun is cancelled", async () => {
  const leaving = new AbortController();
  const weir = vi.fn((operation: string) => {
    if (operation === "StartQuery") leaving.abort();
    return Promise.resolve({ QueryId: "one" });
  });
  await expect(answerTo(weir as unknown as WeirCall, "SELECT 1", leaving.signal)).rejects.toThrow();
  expect(weir.mock.calls.map(([operation]) => operation)).toEqual(["StartQuery", "CancelQuery"]);
});
