// Changing what people write about things of the catalog. Glue's updates replace the whole input, so each change reads
// what is there, puts the words in, and writes it back; words that changed since the person saw them are not written over.
import {
  GetDatabaseCommand, GetTableCommand, GlueClient, UpdateDatabaseCommand, UpdateTableCommand,
  type Column, type Database, type DatabaseInput, type Table, type TableInput,
} from "@aws-sdk/client-glue";
import { clientOf } from "../../api/clients";
import { useChange } from "../../api/queries";
import { useSession } from "../../signin/useSession";
import { describedColumn, describedDatabase, describedTable, sameWords, type Described } from "./described";

/** What the person saw, and what they want to stand there instead. */
export interface Rewording {
  was: Described;
  now: Described;
}

/** Throws unless the words are still those that the person saw. */
function checkUnchanged(there: Described, seen: Described): void {
  if (sameWords(there, seen)) return;
  throw Object.assign(new Error("Somebody changed it meanwhile. Close this, look at what is there now, and change that."), {
    name: "ChangedMeanwhile",
  });
}

const inputOfDatabase = ({ CatalogId: _, CreateTime: __, ...input }: Database): DatabaseInput => ({ ...input, Name: input.Name ?? "" });

/** What of a table can be written. */
const inputOfTable = (table: Table): TableInput => ({
  Name: table.Name ?? "",
  Description: table.Description,
  Owner: table.Owner,
  LastAccessTime: table.LastAccessTime,
  LastAnalyzedTime: table.LastAnalyzedTime,
  Retention: table.Retention,
  StorageDescriptor: table.StorageDescriptor,
  PartitionKeys: table.PartitionKeys,
  ViewOriginalText: table.ViewOriginalText,
  ViewExpandedText: table.ViewExpandedText,
  TableType: table.TableType,
  Parameters: table.Parameters,
  TargetTable: table.TargetTable,
});

/** Writes other words about a database. */
export function useDescribeDatabase(name: string, catalog?: string) {
  const glue = clientOf(useSession(), GlueClient);
  return useChange(async ({ was, now }: Rewording, left) => {
    const { Database: there } = await glue.send(new GetDatabaseCommand({ Name: name, CatalogId: catalog }));
    if (!there) throw new Error("The database is not there any more.");
    checkUnchanged(describedDatabase(there), was);
    left.throwIfAborted();
    const input = { ...inputOfDatabase(there), Description: now.description, Parameters: now.parameters };
    return glue.send(new UpdateDatabaseCommand({ Name: name, CatalogId: catalog, DatabaseInput: input }));
  });
}

/** Writes a table anew as `reword` makes it of what is there, unless another version came meanwhile. */
function useReword(database: string, name: string, catalog: string | undefined, reword: (there: Table, change: Rewording) => TableInput) {
  const glue = clientOf(useSession(), GlueClient);
  return useChange(async (change: Rewording, left) => {
    const { Table: there } = await glue.send(new GetTableCommand({ DatabaseName: database, Name: name, CatalogId: catalog }));
    if (!there) throw new Error("The table is not there any more.");
    left.throwIfAborted();
    return glue.send(new UpdateTableCommand({
      DatabaseName: database, CatalogId: catalog, VersionId: there.VersionId, TableInput: reword(there, change),
    }));
  });
}

/** Writes other words about a table. */
export const useDescribeTable = (database: string, name: string, catalog?: string) =>
  useReword(database, name, catalog, (there, { was, now }) => {
    checkUnchanged(describedTable(there), was);
    return { ...inputOfTable(there), Description: now.description, Parameters: now.parameters };
  });

/** Writes other words about a column of a table. */
export const useDescribeColumn = (database: string, name: string, column: string, catalog?: string) =>
  useReword(database, name, catalog, (there, change) => {
    const reworded = (columns: Column[] | undefined) => columns?.map((one) => (one.Name === column ? rewordColumn(one, change) : one));
    const input = inputOfTable(there);
    return {
      ...input,
      StorageDescriptor: input.StorageDescriptor && { ...input.StorageDescriptor, Columns: reworded(input.StorageDescriptor.Columns) },
      PartitionKeys: reworded(input.PartitionKeys),
    };
  });

function rewordColumn(column: Column, { was, now }: Rewording): Column {
  checkUnchanged(describedColumn(column), was);
  return { ...column, Comment: now.description, Parameters: now.parameters };
}
