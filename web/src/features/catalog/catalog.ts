import {
  GetDatabaseCommand, GetDatabasesCommand, GetTableCommand, GetTablesCommand, GlueClient, type Database, type Table,
} from "@aws-sdk/client-glue";
import { clientOf } from "../../api/clients";
import { usePages, useRead } from "../../api/queries";
import { useSession } from "../../signin/useSession";
import { pathTo } from "../../ui/PageLink";

export type { Database, Table };

/** Of another account: its catalog. Absent: one's own. */
type Catalog = string | undefined;

const inCatalog = (path: string, catalog: Catalog) => (catalog ? `${path}?catalog=${encodeURIComponent(catalog)}` : path);

/** The page of a database. @param catalog of another account's. */
export const databasePath = (database: string, catalog?: Catalog): string => inCatalog(pathTo("databases", database), catalog);
/** The page of a table. @param catalog of another account's. */
export const tablePath = (database: string, table: string, catalog?: Catalog): string =>
  inCatalog(pathTo("databases", database, table), catalog);

/** Databases that the person may see, page by page. @param shared also those that other accounts share. */
export function useDatabases({ shared = false } = {}) {
  const glue = clientOf(useSession(), GlueClient);
  return usePages<Database>(["databases", shared], async (token, abortSignal) => {
    const { DatabaseList, NextToken } = await glue.send(
      new GetDatabasesCommand({ NextToken: token, MaxResults: 100, ...(shared && { ResourceShareType: "ALL" }) }), { abortSignal });
    return { items: DatabaseList ?? [], next: NextToken };
  });
}

/** One database. @param catalog of another account; the own one when absent */
export function useDatabase(name: string, catalog?: Catalog) {
  const glue = clientOf(useSession(), GlueClient);
  return useRead(["database", name, catalog], async (abortSignal) =>
    (await glue.send(new GetDatabaseCommand({ Name: name, CatalogId: catalog }), { abortSignal })).Database);
}

/** One table. @param when false waits. @param catalog of another account; the own one when absent */
export function useTable(database: string, name: string, { when = true, catalog }: { when?: boolean; catalog?: Catalog } = {}) {
  const glue = clientOf(useSession(), GlueClient);
  return useRead(["table", database, name, catalog], async (abortSignal) =>
    (await glue.send(new GetTableCommand({ DatabaseName: database, Name: name, CatalogId: catalog }), { abortSignal })).Table, { when });
}

/**
 * Tables of a database that the person may see; none while there is no database.
 * @param expression what the names must match, Glue's way.
 */
export function useTables(database: string | undefined, expression?: string, catalog?: Catalog) {
  const glue = clientOf(useSession(), GlueClient);
  return usePages<Table>(["tables", database, expression, catalog], async (token, abortSignal) => {
    const { TableList, NextToken } = await glue.send(
      new GetTablesCommand({ DatabaseName: database, CatalogId: catalog, Expression: expression, NextToken: token, MaxResults: 100 }),
      { abortSignal });
    return { items: TableList ?? [], next: NextToken };
  }, { when: Boolean(database) });
}
