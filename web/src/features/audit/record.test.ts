import { expect, test } from "vitest";
import { recordOf } from "./record";

const record = (arn: string | undefined, lakeFormationPrincipal?: string) =>
  recordOf(JSON.stringify({ userIdentity: { arn }, additionalEventData: { lakeFormationPrincipal } }));
const session = "arn:aws:sts::111122223333:assumed-role/Analyst/ada";

test("a denial tells who, from where, why, and its decision", () => {
  expect(recordOf(JSON.stringify({
    userIdentity: { arn: session }, sourceIPAddress: "1.2.3.4", errorCode: "AccessDenied", errorMessage: "no",
    additionalEventData: { decisionId: "d", lakeFormationPrincipal: "arn:aws:iam::111122223333:role/team/Analyst" },
  }))).toEqual({ who: session, address: "1.2.3.4", error: "AccessDenied: no", decisionId: "d" });
});

test("who did it is the person, and not the role that many take", () => {
  expect(record(session, "arn:aws:iam::111122223333:role/Analyst")).toEqual({ who: session });
});

test("whom Lake Formation saw is told where the person's identifier does not say so", () => {
  const federated = "arn:aws:iam::111122223333:saml-provider/company:user/ada@example.org";
  expect(record(session, federated)).toEqual({ who: session, seenAs: federated });
});

test("a record without an identity, as the half that an owner reads, tells the principal", () => {
  expect(record(undefined, "111122223333")).toEqual({ who: "111122223333" });
});

test("what is missing or of another kind is left out", () => {
  for (const text of [undefined, "", "{", "7", "null", "[]", '{"errorCode": {"x": 1}, "userIdentity": 3}']) expect(recordOf(text)).toEqual({});
});
