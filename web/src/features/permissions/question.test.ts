import { expect, test } from "vitest";
import { askedBy, wayOf, wordsOf, type Way } from "./question";

const address = (words: Record<string, string>) => new URLSearchParams(words);

test.each<[Way, Record<string, string | undefined>, Record<string, string>]>([
  ["all", {}, {}],
  ["principal", {}, { by: "principal" }],
  ["principal", { principal: undefined }, { by: "principal" }],
  ["principal", { principal: "arn:role" }, { principal: "arn:role" }],
  ["resource", { database: "sales", table: undefined }, { database: "sales" }],
  ["resource", { database: "sales", table: "orders" }, { database: "sales", table: "orders" }],
])("looking up %s with %j stands in the address and comes back from it", (way, named, words) => {
  expect(wordsOf(way, named)).toEqual(words);
  expect(wayOf(address(words))).toBe(way);
});

test("a way that is none looks everything up", () => expect(wayOf(address({ by: "<b>" }))).toBe("all"));

test("the address names a principal, a place, a data filter, or nothing", () => {
  const asked = (words: Record<string, string>) => askedBy(address(words), "111122223333");
  expect(asked({})).toEqual({});
  expect(asked({ principal: "p", database: "sales" })).toEqual({ principal: "p", resource: { Database: { Name: "sales" } } });
  expect(asked({ database: "sales", table: "orders" }).resource).toEqual({ Table: { DatabaseName: "sales", Name: "orders" } });
  expect(asked({ database: "sales", table: "orders", filter: "eu" }).resource).toEqual({
    DataCellsFilter: { TableCatalogId: "111122223333", DatabaseName: "sales", TableName: "orders", Name: "eu" } });
});
