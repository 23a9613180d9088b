import { expect, test } from "vitest";
import { endOf, isOver } from "./requestWords";

test("a request is looked at again until it was refused or what it gave has ended", () => {
  for (const Decision of ["SUBMITTED", "PENDING", "APPROVED", "AUTO_APPROVED"]) expect(isOver({ Decision, Fulfilment: "NONE" })).toBe(false);
  for (const Fulfilment of ["GRANTING", "ACTIVE", "REVOKE_FAILED"]) expect(isOver({ Decision: "APPROVED", Fulfilment })).toBe(false);
  for (const Decision of ["DENIED", "WITHDRAWN", "EXPIRED"]) expect(isOver({ Decision, Fulfilment: "NONE" })).toBe(true);
  for (const Fulfilment of ["ENDED", "REVOKED"]) expect(isOver({ Decision: "APPROVED", Fulfilment })).toBe(true);
});

test("a request that is over says when and how it ended, by what was given where something was", () => {
  expect(endOf({ Decision: "DENIED", Fulfilment: "NONE", Updated: 7 })).toEqual({ at: 7, says: "Denied" });
  expect(endOf({ Decision: "EXPIRED", Fulfilment: "NONE", Updated: 7 })).toEqual({ at: 7, says: "Nobody decided in time" });
  expect(endOf({ Decision: "APPROVED", Fulfilment: "REVOKED", Updated: 9 })).toEqual({ at: 9, says: "Revoked" });
  expect(endOf({ Decision: "APPROVED", Fulfilment: "ENDED", Updated: 9 })).toEqual({ at: 9, says: "Ended" });
  for (const Decision of ["PENDING", "APPROVED"]) expect(endOf({ Decision, Fulfilment: "NONE" })).toBeUndefined();
});
