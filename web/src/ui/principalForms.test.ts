import { expect, test } from "vitest";
import { filledIn, formOf, principalForms } from "./principalForms";
import { principalWords } from "./principals";

const place = { account: "111122223333", arn: "arn:aws-cn:sts::111122223333:assumed-role/admin/ada" };

test.each([
  ["role", ["analyst"], "arn:aws-cn:iam::111122223333:role/analyst"],
  ["role", ["arn:aws:iam::444455556666:role/path/analyst"], "arn:aws:iam::444455556666:role/path/analyst"],
  ["user", ["ada"], "arn:aws-cn:iam::111122223333:user/ada"],
  ["saml-group", ["corp", "a:b/c"], "arn:aws-cn:iam::111122223333:saml-provider/corp:group/a:b/c"],
  ["saml-user", ["corp", "ada@example.org"], "arn:aws-cn:iam::111122223333:saml-provider/corp:user/ada@example.org"],
  ["account", ["012345678901"], "012345678901"],
  ["organization", ["arn:aws:organizations::111122223333:ou/o-a/ou-b"], "arn:aws:organizations::111122223333:ou/o-a/ou-b"],
  ["everybody", [], "111122223333:IAMPrincipals"],
  ["iam", [], "IAM_ALLOWED_PRINCIPALS"],
])("a %s of %j is %s", (kind, parts, id) => {
  expect(formOf(kind).idOf(parts, place)).toBe(id);
  expect(principalWords(id).kind).not.toBe("Principal");
});

test("what is not filled in yet makes no identifier", () => {
  for (const form of principalForms.filter(({ parts }) => parts.length > 0)) {
    expect(form.idOf([], place) || undefined).toBeUndefined();
    expect(form.idOf(form.parts.map(() => ""), place) || undefined).toBeUndefined();
  }
  expect(formOf("saml-group").idOf(["corp"], place) || undefined).toBeUndefined();
});

test("an account has twelve digits", () => {
  for (const text of ["12", "1234567890123", "12345678901x", " 123456789012"]) expect(formOf("account").idOf([text], place)).toBeUndefined();
});

test.each([
  "arn:aws:iam::444455556666:role/path/analyst", "arn:aws:iam::111122223333:user/ada", "444455556666", "111122223333:IAMPrincipals",
  "arn:aws:organizations::111122223333:ou/o-1/ou-2", "IAM_ALLOWED_PRINCIPALS", "arn:aws:iam::111122223333:saml-provider/corp:group/a", "whatever",
])("%s is shown as what makes it again", (id) => {
  const { kind, parts } = filledIn(id);
  expect(formOf(kind).idOf(parts, place)).toBe(id);
});
