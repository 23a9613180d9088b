import { expect, test } from "vitest";
import { kindOf, placeOf, resourceKinds, resourceOf, resourceWords, type Draft } from "./resources";

const own = { account: "111122223333", arn: "arn:aws:iam::111122223333:user/ada" };
const full: Omit<Draft, "kind"> = {
  database: "sales", table: "orders", columns: ["id"], filter: "eu", location: "s3://lake/sales",
  terms: [{ TagKey: "area", TagValues: ["eu", "us"] }],
};

test.each([
  ["table", { kind: "Table", name: "sales.orders" }],
  ["columns", { kind: "Columns", name: "sales.orders", part: "id" }],
  ["but-columns", { kind: "Columns", name: "sales.orders", part: "all but id" }],
  ["rows", { kind: "Data filter", name: "sales.orders", part: "eu" }],
  ["all-tables", { kind: "All tables", name: "sales" }],
  ["database", { kind: "Database", name: "sales" }],
  ["tagged-tables", { kind: "Tables by LF-Tags", name: "area = eu or us" }],
  ["tagged-databases", { kind: "Databases by LF-Tags", name: "area = eu or us" }],
  ["tag", { kind: "LF-Tag", name: "area", part: "eu, us" }],
  ["location", { kind: "Location", name: "s3://lake/sales" }],
  ["catalog", { kind: "Catalog", name: "The whole catalog" }],
])("a draft of %s becomes a resource that reads as %j", (kind, words) => {
  expect(resourceWords(resourceOf({ kind, ...full }, own))).toEqual(words);
});

test("every kind but the catalog is nothing while nothing is chosen", () => {
  for (const { kind } of resourceKinds.filter(({ kind: each }) => each !== "catalog")) expect(resourceOf({ kind }, own)).toBeUndefined();
});

test("an expression with a key and no value is not complete: it would not mean every value", () => {
  const terms = [{ TagKey: "area", TagValues: ["eu"] }, { TagKey: "level", TagValues: [] }];
  for (const kind of ["tagged-tables", "tagged-databases"]) expect(resourceOf({ kind, terms }, own)).toBeUndefined();
});

test("a saved expression stands for keys and values, which then do not count", () => {
  const saved = { ...full, kind: "tagged-tables", expression: "europe" };
  expect(resourceOf(saved, own)).toEqual({ LFTagPolicy: { ResourceType: "TABLE", ExpressionName: "europe" } });
  expect(resourceWords(resourceOf(saved, own))).toEqual({ kind: "Tables by LF-Tags", name: "europe", part: "a saved expression" });
  expect(resourceOf({ ...saved, expression: "" }, own)).toBeUndefined();
});

test("no columns chosen never means all columns", () => {
  for (const kind of ["columns", "but-columns"]) expect(resourceOf({ ...full, kind, columns: [] }, own)).toBeUndefined();
});

test("a kind nobody knows makes no resource, and is an error to look up", () => {
  expect(resourceOf({ kind: "everything", ...full }, own)).toBeUndefined();
  expect(() => kindOf("everything")).toThrow("no kind of resource");
});

test("all columns of a table read as the table, and a name of nothing as the catalog", () => {
  const whole = { DatabaseName: "sales", Name: "orders", ColumnWildcard: {} };
  expect(resourceWords({ TableWithColumns: whole })).toEqual({ kind: "Table", name: "sales.orders" });
  expect(resourceWords(undefined)).toEqual({ kind: "Catalog", name: "The whole catalog" });
});

test("a part of a table stands at the table, all tables at their database, and tags nowhere", () => {
  const placeOfKind = (kind: string) => placeOf(resourceOf({ kind, ...full }, own));
  for (const kind of ["table", "columns", "but-columns", "rows"]) expect(placeOfKind(kind)).toBe("sales.orders");
  for (const kind of ["database", "all-tables"]) expect(placeOfKind(kind)).toBe("sales");
  for (const kind of ["catalog", "location", "tag", "tagged-tables"]) expect(placeOfKind(kind)).toBeUndefined();
});
