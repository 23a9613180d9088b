// Making databases and tables, as the engines that will read them expect them to be written down.
import { CreateDatabaseCommand, CreateTableCommand, GlueClient, type Column, type DatabaseInput, type TableInput } from "@aws-sdk/client-glue";
import { clientOf } from "../../api/clients";
import { useChange } from "../../api/queries";
import { useSession } from "../../signin/useSession";

interface Writing {
  input: string;
  output: string;
  serde: string;
  parameters?: Record<string, string>;
}

const text = { input: "org.apache.hadoop.mapred.TextInputFormat", output: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat" };
const hive = "org.apache.hadoop.hive";

/** Formats of files by the classification that Glue's crawlers give them. */
export const writings: Record<string, Writing> = {
  parquet: {
    input: `${hive}.ql.io.parquet.MapredParquetInputFormat`, output: `${hive}.ql.io.parquet.MapredParquetOutputFormat`,
    serde: `${hive}.ql.io.parquet.serde.ParquetHiveSerDe`,
  },
  csv: { ...text, serde: `${hive}.serde2.lazy.LazySimpleSerDe`, parameters: { "field.delim": "," } },
  json: { ...text, serde: "org.openx.data.jsonserde.JsonSerDe" },
};

/** A table of files as the person describes it. */
export interface TableDraft {
  name: string;
  description: string;
  location: string;
  format: string;
  columns: Column[];
  partitionKeys: Column[];
}

/** How the catalog writes the table down. */
function tableInput({ name, description, location, format, columns, partitionKeys }: TableDraft): TableInput {
  const writing = writings[format];
  return {
    Name: name,
    Description: description,
    TableType: "EXTERNAL_TABLE",
    Parameters: { classification: format, EXTERNAL: "TRUE" },
    PartitionKeys: partitionKeys,
    StorageDescriptor: {
      Location: location,
      Columns: columns,
      InputFormat: writing?.input,
      OutputFormat: writing?.output,
      SerdeInfo: { SerializationLibrary: writing?.serde, Parameters: writing?.parameters ?? {} },
    },
  };
}

/** The place of a table below its database's, unless the person named one. */
export const placeBelow = (database: string | undefined, table: string): string =>
  database && table ? `${database.replace(/\/+$/, "")}/${table}/` : "";

/** Makes a database. */
export function useCreateDatabase() {
  const glue = clientOf(useSession(), GlueClient);
  return useChange((input: DatabaseInput) => glue.send(new CreateDatabaseCommand({ DatabaseInput: input })));
}

/** Makes a table in a database. @param CatalogId of another account; the own one when absent */
export function useCreateTable(database: string, CatalogId: string | undefined) {
  const glue = clientOf(useSession(), GlueClient);
  return useChange((draft: TableDraft) => glue.send(new CreateTableCommand({ CatalogId, DatabaseName: database, TableInput: tableInput(draft) })));
}
