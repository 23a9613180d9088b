import { expect, test } from "vitest";
import { draftOf, givesUp, withDraft } from "./settings";

const settings = {
  DataLakeAdmins: [{ DataLakePrincipalIdentifier: "arn:aws:iam::1:role/a" }],
  CreateTableDefaultPermissions: [{ Principal: { DataLakePrincipalIdentifier: "IAM_ALLOWED_PRINCIPALS" }, Permissions: ["ALL" as const] }],
  Parameters: { CROSS_ACCOUNT_VERSION: "4" },
  AuthorizedSessionTagValueList: ["engine"],
};

test("what is absent is off and empty", () => {
  expect(draftOf({})).toEqual({
    administrators: [], readers: [], databasesOpen: false, tablesOpen: false, engines: false, engineAccounts: [],
    sessionTags: [], wholeTables: false, trustedOwners: [],
  });
});

test("what was not changed stays as it was", () => {
  const back = withDraft(settings, draftOf(settings));
  expect(back).toMatchObject(settings);
  expect(draftOf(back)).toEqual(draftOf(settings));
});

test("closing new tables leaves nothing open", () => {
  expect(withDraft(settings, { ...draftOf(settings), tablesOpen: false }).CreateTableDefaultPermissions).toEqual([]);
});

test("opening and closing to everybody leaves what is said of others", () => {
  const others = [{ Principal: { DataLakePrincipalIdentifier: "arn:aws:iam::1:role/b" }, Permissions: ["SELECT" as const] }];
  const opened = withDraft({ CreateDatabaseDefaultPermissions: others }, { ...draftOf({}), databasesOpen: true });
  expect(opened.CreateDatabaseDefaultPermissions?.map(({ Principal }) => Principal?.DataLakePrincipalIdentifier)).toEqual(["arn:aws:iam::1:role/b", "IAM_ALLOWED_PRINCIPALS"]);
  expect(withDraft(opened, draftOf({})).CreateDatabaseDefaultPermissions).toEqual(others);
});

const role = "arn:aws:iam::111122223333:role/keepers";
const session = "arn:aws:sts::111122223333:assumed-role/keepers/ada";
const kept = (...administrators: string[]) => ({ DataLakeAdmins: administrators.map((id) => ({ DataLakePrincipalIdentifier: id })) });

test.each([
  ["the role that one acts by", [role], [], true],
  ["a role in a path", ["arn:aws:iam::111122223333:role/lake/keepers"], [], true],
  ["somebody else", [role, "arn:aws:iam::111122223333:user/bob"], [role], false],
  ["what one never had", ["arn:aws:iam::111122223333:user/bob"], [], false],
  ["a role of this name in another account", ["arn:aws:iam::444455556666:role/keepers"], [], false],
])("taking out %s: whether one gives up the administration", (_, before, after, expected) => {
  expect(givesUp(kept(...before), { ...draftOf({}), administrators: after }, session)).toBe(expected);
});
