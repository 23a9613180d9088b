import { expect, test } from "vitest";
import { endsSoon, inOrderOfEnd, verifiedText } from "./grantWords";

test("what ends soonest is first, what has ended is last", () => {
  const order = inOrderOfEnd([
    { GrantId: "old", Ended: 10 }, { GrantId: "endless" }, { GrantId: "late", Expires: 90 }, { GrantId: "newer", Ended: 20 },
    { GrantId: "soon", Expires: 50 }]);
  expect(order.map(({ GrantId }) => GrantId)).toEqual(["soon", "late", "endless", "newer", "old"]);
});

test("soon is within two weeks and never what has ended or has no end", () => {
  expect(endsSoon({ Expires: 1000 }, 0)).toBe(true);
  expect(endsSoon({ Expires: 15 * 86_400 }, 0)).toBe(false);
  expect(endsSoon({ Expires: 1000, Ended: 900 }, 0)).toBe(false);
  expect(endsSoon({}, 0)).toBe(false);
});

test("a comparison tells how many differ and how many were repaired", () => {
  expect(verifiedText([])).toBe("Nothing is in force.");
  expect(verifiedText([{ Health: "HEALTHY" }])).toBe("One grant was compared: all is as it was granted.");
  expect(verifiedText([{ Health: "MISSING", Repaired: true }, { Health: "WIDER" }]))
    .toBe("2 grants were compared: 2 are not as granted, 1 repaired.");
});
