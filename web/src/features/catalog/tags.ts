import { GetResourceLFTagsCommand, LakeFormationClient, type LFTagPair } from "@aws-sdk/client-lakeformation";
import { clientOf } from "../../api/clients";
import { useRead } from "../../api/queries";
import { useSession } from "../../signin/useSession";

/** LF-Tags that count for a table: its database's, its own, and those of its columns by name. */
export interface TableTags {
  database: LFTagPair[];
  table: LFTagPair[];
  columns: Map<string, LFTagPair[]>;
}

/** The LF-Tags of a table. Who may not see them is refused, and still sees the table. */
export function useTableTags(database: string, name: string, catalog?: string) {
  const lake = clientOf(useSession(), LakeFormationClient);
  return useRead<TableTags>(["table-tags", database, name, catalog], async (abortSignal) => {
    const found = await lake.send(
      new GetResourceLFTagsCommand({ CatalogId: catalog, Resource: { Table: { CatalogId: catalog, DatabaseName: database, Name: name } } }), { abortSignal });
    return {
      database: found.LFTagOnDatabase ?? [],
      table: found.LFTagsOnTable ?? [],
      columns: new Map(found.LFTagsOnColumns?.map(({ Name = "", LFTags = [] }) => [Name, LFTags])),
    };
  });
}

/** The LF-Tags of a database. */
export function useDatabaseTags(name: string, catalog?: string) {
  const lake = clientOf(useSession(), LakeFormationClient);
  return useRead<LFTagPair[]>(["database-tags", name, catalog], async (abortSignal) =>
    (await lake.send(new GetResourceLFTagsCommand({ CatalogId: catalog, Resource: { Database: { CatalogId: catalog, Name: name } } }), { abortSignal }))
      .LFTagOnDatabase ?? []);
}
