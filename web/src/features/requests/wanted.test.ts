import { expect, test } from "vitest";
import { emptyDraft, emptyItem, grantableOf, isWide, wantedOf, type Draft } from "./wanted";

const draft = (more: Partial<Draft> = {}): Draft => ({ ...emptyDraft("111122223333", "sales", "orders"), ...more });

test("a table is asked for with the permissions that were chosen", () => {
  expect(wantedOf(draft())?.Items).toEqual([
    { Database: "sales", Table: "orders", Permissions: ["SELECT", "DESCRIBE"], Grantable: false }]);
});

test("nothing is asked while something is missing", () => {
  expect(wantedOf(draft({ target: undefined }))).toBeUndefined();
  expect(wantedOf(draft({ permissions: [] }))).toBeUndefined();
  expect(wantedOf(draft({ items: [emptyItem("sales")] }))).toBeUndefined();
  expect(wantedOf(draft({ items: [{ ...emptyItem("sales", "orders"), part: "columns" }] }))).toBeUndefined();
});

test("parts of a table name no permissions", () => {
  const part = { ...emptyItem("sales", "orders"), part: "except" as const, columns: ["email"], rowFilter: " id > 1 " };
  expect(wantedOf(draft({ items: [part] }))?.Items).toEqual([
    { Database: "sales", Table: "orders", ExcludedColumns: ["email"], RowFilter: "id > 1", Grantable: false }]);
});

test("a whole database forgets the table and the columns that were chosen before", () => {
  const whole = { ...emptyItem("sales", "orders"), whole: true, part: "columns" as const, columns: ["id"], rowFilter: "x" };
  expect(wantedOf(draft({ items: [whole] }))?.Items[0]).toEqual({
    Database: "sales", Table: "*", Permissions: ["SELECT", "DESCRIBE"], Grantable: false });
});

test("without a duration it has no end", () => {
  expect(wantedOf(draft({ seconds: undefined }))).not.toHaveProperty("DurationSeconds");
});

test("a session is granted through its role, a user by itself, others not", () => {
  expect(grantableOf("arn:aws:sts::111122223333:assumed-role/Reader/ada")).toBe("arn:aws:iam::111122223333:role/Reader");
  expect(grantableOf("arn:aws:iam::111122223333:user/ada")).toBe("arn:aws:iam::111122223333:user/ada");
  expect(grantableOf("arn:aws:iam::111122223333:root")).toBeUndefined();
});

test("accounts and organizations pass on what they get, people do not", () => {
  expect(isWide("111122223333")).toBe(true);
  expect(isWide("arn:aws:organizations::111122223333:organization/o-1")).toBe(true);
  expect(isWide("arn:aws:iam::111122223333:role/Reader")).toBe(false);
});
