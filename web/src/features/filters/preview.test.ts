import { expect, test } from "vitest";
import { previewSql } from "./preview";

const place = { TableCatalogId: "111122223333", DatabaseName: "sales", TableName: "orders", Name: "eu" };

test("a preview asks for the columns and rows that the filter shows", () => {
  const filter = { ...place, ColumnNames: ["id", "area"], RowFilter: { FilterExpression: "area = 'eu'" } };
  expect(previewSql(filter)).toBe("SELECT \"id\", \"area\" FROM \"sales\".\"orders\"\nWHERE (\narea = 'eu'\n)\nLIMIT 20");
});

test("all rows and all columns take no condition", () => {
  expect(previewSql({ ...place, ColumnWildcard: {}, RowFilter: { AllRowsWildcard: {} } })).toBe('SELECT * FROM "sales"."orders"\nLIMIT 20');
});

test("a name of anything stays one name", () => {
  expect(previewSql({ ...place, TableName: 'x" JOIN "y' })).toContain('"sales"."x"" JOIN ""y"');
});

test("a condition that ends in a comment does not take the rest of the query along", () => {
  expect(previewSql({ ...place, RowFilter: { FilterExpression: "id > 1 -- mine" } })).toMatch(/-- mine\n\)\nLIMIT 20$/);
});
