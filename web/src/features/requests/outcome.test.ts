import { expect, test } from "vitest";
import { cutsOf, missingWords } from "./outcome";

const asked = { Items: [{ Database: "sales", Table: "orders", Columns: ["ID", "amount"] }], Target: "111122223333", DurationSeconds: 864_000 };

test("nothing is cut when the answer is what was asked, in any case of letters", () => {
  expect(cutsOf(asked, { Outcome: {}, Items: [{ Database: "sales", Table: "orders", Columns: ["amount", "id"] }], DurationSeconds: 864_000 })).toEqual([]);
});

test("a shorter time is said with what was asked", () => {
  expect(cutsOf(asked, { DurationSeconds: 86_400 })).toEqual(["It ends after 1 day instead of 10 days."]);
  const { DurationSeconds: _, ...endless } = asked;
  expect(cutsOf(endless, { DurationSeconds: 86_400 })).toEqual(["It ends after 1 day: access without an end is not given here."]);
});

test("columns that are left out are said", () => {
  expect(cutsOf(asked, { Items: [{ Database: "sales", Table: "orders", Columns: ["id"] }], DurationSeconds: 864_000 }))
    .toEqual(["sales.orders comes without amount."]);
  const whole = { ...asked, Items: [{ Database: "sales", Table: "orders" }] };
  expect(cutsOf(whole, { Items: [{ Database: "sales", Table: "orders", ExcludedColumns: ["amount"] }], DurationSeconds: 864_000 }))
    .toEqual(["sales.orders comes without amount."]);
  expect(cutsOf(whole, { Items: [{ Database: "sales", Table: "orders", Columns: ["id"] }], DurationSeconds: 864_000 }))
    .toEqual(["Of sales.orders only id is given."]);
});

test("what may not be passed on is said to who wanted to", () => {
  const answer = { Outcome: { NoGrantOption: true }, DurationSeconds: 864_000 };
  expect(cutsOf(asked, answer)).toEqual([]);
  expect(cutsOf({ ...asked, Items: [{ Database: "sales", Table: "orders", Grantable: true }] }, answer)).toEqual(["It may not be passed on to others."]);
});

test("a purpose that the policy wants is missing until it is there", () => {
  expect(missingWords(asked, { Outcome: { PurposeRequired: true, TicketRequired: true } })).toEqual(["purpose", "ticket"]);
  expect(missingWords({ ...asked, Purpose: "churn" }, { Outcome: { PurposeRequired: true } })).toEqual([]);
});
