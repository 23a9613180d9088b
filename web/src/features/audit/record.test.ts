import { expect, test } from "vitest";
import { recordOf } from "./record";

test("a denial tells who, from where, why, and its decision", () => {
  expect(recordOf(JSON.stringify({
    userIdentity: { arn: "arn:x" }, sourceIPAddress: "1.2.3.4", errorCode: "AccessDenied", errorMessage: "no",
    additionalEventData: { decisionId: "d", lakeFormationPrincipal: "arn:role" },
  }))).toEqual({ principal: "arn:role", address: "1.2.3.4", error: "AccessDenied: no", decisionId: "d" });
});

test("what is missing or of another kind is left out", () => {
  for (const text of [undefined, "", "{", "7", "null", "[]", '{"errorCode": {"x": 1}, "userIdentity": 3}']) expect(recordOf(text)).toEqual({});
});
