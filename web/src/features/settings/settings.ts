import { GetDataLakeSettingsCommand, LakeFormationClient, PutDataLakeSettingsCommand, type DataLakeSettings } from "@aws-sdk/client-lakeformation";
import { clientOf } from "../../api/clients";
import { useChange, useRead } from "../../api/queries";
import { useSession } from "../../signin/useSession";
import { actsAs } from "../../ui/principals";

/** The data lake's settings as people change them. */
export interface Draft {
  administrators: string[];
  readers: string[];
  /** Whether what is made new is open to whomever IAM lets in, until that is revoked. */
  databasesOpen: boolean;
  tablesOpen: boolean;
  engines: boolean;
  engineAccounts: string[];
  sessionTags: string[];
  wholeTables: boolean;
  trustedOwners: string[];
}

const kEverybody = "IAM_ALLOWED_PRINCIPALS";
type Defaults = DataLakeSettings["CreateTableDefaultPermissions"];

const ids = (principals: DataLakeSettings["DataLakeAdmins"]) => principals?.flatMap(({ DataLakePrincipalIdentifier }) => DataLakePrincipalIdentifier ?? []) ?? [];
const principals = (named: string[]) => named.map((id) => ({ DataLakePrincipalIdentifier: id }));
const isOpen = (defaults: Defaults) => defaults?.some(({ Principal }) => Principal?.DataLakePrincipalIdentifier === kEverybody) ?? false;
/** The defaults with everybody in them, or without; what they say of others stays, and so does what they say as it is wanted. */
function opened(defaults: Defaults = [], wanted: boolean): NonNullable<Defaults> {
  if (isOpen(defaults) === wanted) return defaults;
  return wanted
    ? [...defaults, { Principal: { DataLakePrincipalIdentifier: kEverybody }, Permissions: ["ALL"] }]
    : defaults.filter(({ Principal }) => Principal?.DataLakePrincipalIdentifier !== kEverybody);
}

/** The settings as a form has them. */
export const draftOf = (settings: DataLakeSettings): Draft => ({
  administrators: ids(settings.DataLakeAdmins),
  readers: ids(settings.ReadOnlyAdmins),
  databasesOpen: isOpen(settings.CreateDatabaseDefaultPermissions),
  tablesOpen: isOpen(settings.CreateTableDefaultPermissions),
  engines: settings.AllowExternalDataFiltering ?? false,
  engineAccounts: ids(settings.ExternalDataFilteringAllowList),
  sessionTags: settings.AuthorizedSessionTagValueList ?? [],
  wholeTables: settings.AllowFullTableExternalDataAccess ?? false,
  trustedOwners: settings.TrustedResourceOwners ?? [],
});

/** The settings with the draft in them; what it does not speak of stays. */
export const withDraft = (settings: DataLakeSettings, draft: Draft): DataLakeSettings => ({
  ...settings,
  DataLakeAdmins: principals(draft.administrators),
  ReadOnlyAdmins: principals(draft.readers),
  CreateDatabaseDefaultPermissions: opened(settings.CreateDatabaseDefaultPermissions, draft.databasesOpen),
  CreateTableDefaultPermissions: opened(settings.CreateTableDefaultPermissions, draft.tablesOpen),
  AllowExternalDataFiltering: draft.engines,
  ExternalDataFilteringAllowList: principals(draft.engineAccounts),
  AuthorizedSessionTagValueList: draft.sessionTags,
  AllowFullTableExternalDataAccess: draft.wholeTables,
  TrustedResourceOwners: draft.trustedOwners,
});

/** Whether somebody administers the lake by these settings. @param arn the session's */
const administers = (settings: DataLakeSettings, arn: string): boolean => ids(settings.DataLakeAdmins).some((id) => actsAs(arn, id));

/** Whether a draft takes the administration of the lake away from whoever saves it. @param arn the session's */
export const givesUp = (settings: DataLakeSettings, draft: Draft, arn: string): boolean =>
  administers(settings, arn) && !administers(withDraft(settings, draft), arn);

/** The lake's settings. Who does not administer it is refused. */
export function useSettings() {
  const lake = clientOf(useSession(), LakeFormationClient);
  return useRead<DataLakeSettings>(["lake-settings"], async (abortSignal) =>
    (await lake.send(new GetDataLakeSettingsCommand({}), { abortSignal })).DataLakeSettings ?? {});
}

/** Writes the draft over the settings that the person saw; refuses when they are others by now. */
export function usePutSettings(seen: DataLakeSettings) {
  const lake = clientOf(useSession(), LakeFormationClient);
  return useChange(async (draft: Draft) => {
    const { DataLakeSettings: there = {} } = await lake.send(new GetDataLakeSettingsCommand({}));
    if (JSON.stringify(draftOf(there)) !== JSON.stringify(draftOf(seen)))
      throw Object.assign(new Error("Somebody changed the settings meanwhile. Read them again first."), { name: "ChangedMeanwhile" });
    return lake.send(new PutDataLakeSettingsCommand({ DataLakeSettings: withDraft(there, draft) }));
  });
}
