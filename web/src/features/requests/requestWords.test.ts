import { expect, test } from "vitest";
import { isOver } from "./requestWords";

test("a request is looked at again until it was refused or what it gave has ended", () => {
  for (const Decision of ["SUBMITTED", "PENDING", "APPROVED", "AUTO_APPROVED"]) expect(isOver({ Decision, Fulfilment: "NONE" })).toBe(false);
  for (const Fulfilment of ["GRANTING", "ACTIVE", "REVOKE_FAILED"]) expect(isOver({ Decision: "APPROVED", Fulfilment })).toBe(false);
  for (const Decision of ["DENIED", "WITHDRAWN", "EXPIRED"]) expect(isOver({ Decision, Fulfilment: "NONE" })).toBe(true);
  for (const Fulfilment of ["ENDED", "REVOKED"]) expect(isOver({ Decision: "APPROVED", Fulfilment })).toBe(true);
});
