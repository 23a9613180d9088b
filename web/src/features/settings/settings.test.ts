import { expect, test } from "vitest";
import { draftOf, withDraft } from "./settings";

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
