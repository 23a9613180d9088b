// How far an empty lake has come: what the APIs say is there, and nothing that the console remembers.
import { GlueClient, SearchTablesCommand } from "@aws-sdk/client-glue";
import { LakeFormationClient, ListPermissionsCommand, type DataLakeSettings } from "@aws-sdk/client-lakeformation";
import { clientOf } from "../../api/clients";
import { everyItem, useRead, type Page } from "../../api/queries";
import type { Fault } from "../../api/errors";
import { useSession } from "../../signin/useSession";
import { useDatabases } from "../catalog/catalog";
import { useLocations } from "../locations/locations";
import { usePeople } from "../people/people";
import { draftOf } from "../settings/settings";

/** The steps, in their order. */
export type StepName = "location" | "database" | "table" | "grant" | "people";

/** Whether a step is done; not known while it is read, or when the person may not see it. */
export interface Progress {
  done: boolean | undefined;
  fault: Fault | undefined;
}

/** Whether any item of a list is meant; the list is followed until one is. */
async function any<Item>(read: (token: string | undefined) => Promise<Page<Item>>, meant: (item: Item) => boolean): Promise<boolean> {
  for await (const item of everyItem(read)) if (meant(item)) return true;
  return false;
}

/** Whether any table can be found. */
function useAnyTable(): Progress {
  const glue = clientOf(useSession(), GlueClient);
  const { value, fault } = useRead(["start", "tables"], (abortSignal) => any(async (token) => {
    const { TableList, NextToken } = await glue.send(new SearchTablesCommand({ NextToken: token, MaxResults: 1 }), { abortSignal });
    return { items: TableList ?? [], next: NextToken };
  }, () => true));
  return { done: value, fault };
}

/** Whether somebody holds something who does not administer the lake. */
function useAnyGrant(settings: DataLakeSettings): Progress {
  const lake = clientOf(useSession(), LakeFormationClient);
  const { administrators, readers } = draftOf(settings);
  const own = new Set([...administrators, ...readers]);
  const { value, fault } = useRead(["start", "grants"], (abortSignal) => any(async (token) => {
    const { PrincipalResourcePermissions, NextToken } = await lake.send(
      new ListPermissionsCommand({ NextToken: token, MaxResults: 100 }), { abortSignal });
    return { items: PrincipalResourcePermissions ?? [], next: NextToken };
  }, ({ Principal }) => !own.has(Principal?.DataLakePrincipalIdentifier ?? "")));
  return { done: value, fault };
}

const anyOf = ({ items, loading, fault }: { items: unknown[]; loading: boolean; fault: Fault | undefined }, least = 1): Progress =>
  ({ done: loading || fault ? undefined : items.length >= least, fault });

/** How far each step has come, for who administers the lake of these settings. */
export function useProgress(settings: DataLakeSettings): Record<StepName, Progress> {
  return {
    location: anyOf(useLocations()),
    database: anyOf(useDatabases()),
    table: useAnyTable(),
    grant: useAnyGrant(settings),
    people: anyOf(usePeople(""), 2),
  };
}
