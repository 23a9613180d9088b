// How far an empty lake has come: what the APIs say is there, and nothing that the console remembers.
import { GlueClient, SearchTablesCommand } from "@aws-sdk/client-glue";
import { LakeFormationClient, ListPermissionsCommand, type DataLakeSettings } from "@aws-sdk/client-lakeformation";
import { clientOf } from "../../api/clients";
import { useRead } from "../../api/queries";
import type { Fault } from "../../api/errors";
import { useConfig, useSession } from "../../signin/useSession";
import { useDatabases } from "../catalog/catalog";
import { useLocations } from "../locations/locations";
import { usePeople } from "../people/people";
import { draftOf } from "../settings/settings";

export type StepName = "location" | "database" | "table" | "grant" | "people";

/** Whether a step is done; not known while it is read, or when the person may not see it. */
export interface Progress {
  done: boolean | undefined;
  fault: Fault | undefined;
}

/** Whether any table can be found. */
function useAnyTable(): Progress {
  const glue = clientOf(useSession(), GlueClient);
  const { value, fault } = useRead(["start", "tables"], async (abortSignal) =>
    ((await glue.send(new SearchTablesCommand({ MaxResults: 1 }), { abortSignal })).TableList ?? []).length > 0);
  return { done: value, fault };
}

/** Whether somebody holds something who does not administer the lake. */
function useAnyGrant(settings: DataLakeSettings): Progress {
  const lake = clientOf(useSession(), LakeFormationClient);
  const { administrators, readers } = draftOf(settings);
  const own = new Set([...administrators, ...readers]);
  const { value, fault } = useRead(["start", "grants"], async (abortSignal) => {
    const { PrincipalResourcePermissions = [] } = await lake.send(new ListPermissionsCommand({ MaxResults: 100 }), { abortSignal });
    return PrincipalResourcePermissions.some(({ Principal }) => !own.has(Principal?.DataLakePrincipalIdentifier ?? ""));
  });
  return { done: value, fault };
}

const anyOf = ({ items, loading, fault }: { items: unknown[]; loading: boolean; fault: Fault | undefined }, least = 1): Progress =>
  ({ done: loading || fault ? undefined : items.length >= least, fault });

/** How far each step has come, for who administers the lake of these settings. */
export function useProgress(settings: DataLakeSettings): Record<StepName, Progress> {
  const withPool = useConfig().userPoolId !== undefined;
  const people = usePeople("");
  return {
    location: anyOf(useLocations()),
    database: anyOf(useDatabases()),
    table: useAnyTable(),
    grant: useAnyGrant(settings),
    people: withPool ? anyOf(people, 2) : { done: true, fault: undefined },
  };
}
