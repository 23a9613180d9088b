import { expect, test } from "vitest";
import { accountOf, actsAs, lakePrincipal, partitionOf, principalWords } from "./principals";

test.each([
  ["arn:aws:iam::111122223333:user/people/ada", "User", "ada", "111122223333"],
  ["arn:aws-cn:iam::111122223333:role/analyst", "Role", "analyst", "111122223333"],
  ["arn:aws:sts::111122223333:assumed-role/analyst/ada", "Session", "ada as analyst", "111122223333"],
  ["arn:aws:iam::111122223333:saml-provider/corp:user/ada@example.org", "SAML user", "ada@example.org of corp", "111122223333"],
  ["arn:aws:iam::111122223333:saml-provider/corp:group/a/b", "SAML group", "a/b of corp", "111122223333"],
  ["arn:aws:iam::111122223333:root", "Account", "111122223333", "111122223333"],
  ["arn:aws:organizations::111122223333:organization/o-abcdefghij", "Organization", "o-abcdefghij", "111122223333"],
  ["arn:aws:organizations::111122223333:ou/o-abcdefghij/ou-ab12-12345678", "Organizational unit", "ou-ab12-12345678", "111122223333"],
  ["111122223333:IAMPrincipals", "Group", "Everybody in 111122223333", "111122223333"],
  ["111122223333", "Account", "111122223333", "111122223333"],
])("%s is told as %s %s", (id, kind, name, account) => {
  expect(principalWords(id)).toEqual({ kind, name, account });
});

test("the group of everybody whom IAM allows stands in no account", () => {
  expect(principalWords("IAM_ALLOWED_PRINCIPALS")).toEqual({ kind: "Group", name: "Everybody whom IAM allows" });
  expect(accountOf("IAM_ALLOWED_PRINCIPALS")).toBeUndefined();
});

test("what has no known form is shown as it is written", () => {
  for (const id of ["", "12345", "<img src=x>", "arn:aws:iam::1:user/x"]) expect(principalWords(id)).toEqual({ kind: "Principal", name: id });
});

test("an ARN tells its partition, and none means the first", () => {
  expect(partitionOf("arn:aws-us-gov:iam::111122223333:user/x")).toBe("aws-us-gov");
  expect(partitionOf("")).toBe("aws");
});

test("Lake Formation sees the role of a session", () => {
  expect(lakePrincipal("arn:aws:sts::111122223333:assumed-role/WeirConsoleUser/ada")).toBe("arn:aws:iam::111122223333:role/WeirConsoleUser");
  expect(lakePrincipal("arn:aws:iam::111122223333:user/ada")).toBe("arn:aws:iam::111122223333:user/ada");
});

test("who acts as a principal is told by the role, in whatever path it is", () => {
  const session = "arn:aws:sts::111122223333:assumed-role/keepers/ada";
  expect(actsAs(session, "arn:aws:iam::111122223333:role/lake/keepers")).toBe(true);
  expect(actsAs(session, "arn:aws:iam::111122223333:role/keepers")).toBe(true);
  expect(actsAs(session, "arn:aws:iam::444455556666:role/keepers")).toBe(false);
  expect(actsAs(session, "arn:aws:iam::111122223333:user/keepers")).toBe(false);
  expect(actsAs("arn:aws:iam::111122223333:user/ada", "arn:aws:iam::111122223333:user/ada")).toBe(true);
});
