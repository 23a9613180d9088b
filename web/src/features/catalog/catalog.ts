import { GetDatabaseCommand, GetDatabasesCommand, GetTableCommand, GetTablesCommand, GlueClient, type Database, type Table } from "@aws-sdk/client-glue";
import { clientOf } from "../../api/clients";
import { usePages, useRead } from "../../api/queries";
import { useSession } from "../../signin/SessionGate";

export type { Database, Table };

/** Databases that the person may see, page by page. */
export function useDatabases() {
  const glue = clientOf(useSession(), GlueClient);
  return usePages<Database>(["databases"], async (token, abortSignal) => {
    const { DatabaseList, NextToken } = await glue.send(new GetDatabasesCommand({ NextToken: token, MaxResults: 100 }), { abortSignal });
    return { items: DatabaseList ?? [], next: NextToken };
  });
}

export function useDatabase(name: string) {
  const glue = clientOf(useSession(), GlueClient);
  return useRead(["database", name], async (abortSignal) =>
    (await glue.send(new GetDatabaseCommand({ Name: name }), { abortSignal })).Database);
}

export function useTable(database: string, name: string, { when = true } = {}) {
  const glue = clientOf(useSession(), GlueClient);
  return useRead(["table", database, name], async (abortSignal) =>
    (await glue.send(new GetTableCommand({ DatabaseName: database, Name: name }), { abortSignal })).Table, { when });
}

/**
 * Tables of a database that the person may see; none while there is no database.
 * @param expression what the names must match, Glue's way.
 */
export function useTables(database: string | undefined, expression?: string) {
  const glue = clientOf(useSession(), GlueClient);
  return usePages<Table>(["tables", database, expression], async (token, abortSignal) => {
    const { TableList, NextToken } = await glue.send(
      new GetTablesCommand({ DatabaseName: database, Expression: expression, NextToken: token, MaxResults: 100 }), { abortSignal });
    return { items: TableList ?? [], next: NextToken };
  }, { when: Boolean(database) });
}
