import { expect, test } from "vitest";
import { formatOf, kindOf, lender, linkTarget, namesWith, ownerOf, personalOf, sameWords, withPersonal } from "./described";

test("an owner is told by what is there", () => {
  expect(ownerOf({ data_owner_name: "Sales", data_owner: "111122223333" })).toBe("Sales (111122223333)");
  expect(ownerOf({ data_owner: "111122223333" })).toBe("111122223333");
  expect(ownerOf(undefined)).toBe("");
});

test("personal data is unknown unless somebody said yes or no", () => {
  expect([personalOf({ pii_flag: "True" }), personalOf({ pii_flag: "false" })]).toEqual(["yes", "no"]);
  expect([personalOf({}), personalOf(undefined), personalOf({ pii_flag: "<b>" })]).toEqual(["unknown", "unknown", "unknown"]);
});

test("what is not known is not written", () => {
  expect(withPersonal({ pii_flag: "true", a: "b" }, "unknown")).toEqual({ a: "b" });
  expect(withPersonal({ a: "b" }, "no")).toEqual({ a: "b", pii_flag: "false" });
});

test("the order of parameters makes no difference, their values do", () => {
  const described = { description: "", parameters: { a: "1", b: "2" } };
  expect(sameWords(described, { description: "", parameters: { b: "2", a: "1" } })).toBe(true);
  expect(sameWords(described, { description: "", parameters: { a: "1", b: "3" } })).toBe(false);
  expect(sameWords(described, { ...described, description: "x" })).toBe(false);
});

test("what another account lends is told by its account", () => {
  expect(lender({ CatalogId: "2" }, "1")).toBe("2");
  expect(lender({ CatalogId: "1" }, "1")).toBeUndefined();
  expect(lender({}, "1")).toBeUndefined();
});

test("links say where they lead", () => {
  expect(linkTarget({ Name: "a", TargetTable: { CatalogId: "2", DatabaseName: "d", Name: "t" } })).toBe("2 d.t");
  expect(linkTarget({ Name: "a", TargetDatabase: { DatabaseName: "d" } })).toBe("d");
  expect(linkTarget({ Name: "a" })).toBeUndefined();
});

test("the format is what the parameters say, else what the storage says", () => {
  expect(formatOf({ Name: "t", Parameters: { table_type: "ICEBERG", classification: "parquet" } })).toBe("Iceberg");
  expect(formatOf({ Name: "t", StorageDescriptor: { SerdeInfo: { SerializationLibrary: "org.apache.hadoop.hive.serde2.OpenCSVSerde" } } })).toBe("CSV");
  expect(formatOf({ Name: "t", Parameters: { classification: "fixed-width" } })).toBe("fixed-width");
  expect(formatOf({ Name: "t" })).toBe("");
});

test("a view and a link are no tables", () => {
  expect([kindOf({ Name: "t", TableType: "VIRTUAL_VIEW" }), kindOf({ Name: "t", TargetTable: {} }), kindOf({ Name: "t" })]).toEqual(["View", "Link", "Table"]);
});

test("a name is searched as it is typed, not as an expression", () => {
  expect(namesWith("a.b*|(c")).toBe(".*a\\.b\\*\\|\\(c.*");
  expect(namesWith("  ")).toBeUndefined();
});
