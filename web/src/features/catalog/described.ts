// What descriptions and parameters say of a database, a table or a column. The keys are those of the
// data-sharing samples that lakes in the field already use.
import type { Column, Database, Table } from "@aws-sdk/client-glue";

export const kOwnerId = "data_owner";
export const kOwnerName = "data_owner_name";
export const kPersonal = "pii_flag";

export type Parameters = Record<string, string>;

/** What people write about a thing of the catalog. */
export interface Described {
  description: string;
  parameters: Parameters;
}

export const describedDatabase = ({ Description, Parameters }: Database): Described =>
  ({ description: Description ?? "", parameters: Parameters ?? {} });
export const describedTable = ({ Description, Parameters }: Table): Described =>
  ({ description: Description ?? "", parameters: Parameters ?? {} });
export const describedColumn = ({ Comment, Parameters }: Column): Described =>
  ({ description: Comment ?? "", parameters: Parameters ?? {} });

export const sameWords = (one: Described, other: Described): boolean =>
  one.description === other.description && JSON.stringify(sorted(one.parameters)) === JSON.stringify(sorted(other.parameters));

const sorted = (parameters: Parameters) => Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));

/** Whether there is data about people in it, as far as somebody said. */
export type Personal = "yes" | "no" | "unknown";

export function personalOf(parameters: Parameters | undefined): Personal {
  switch (parameters?.[kPersonal]?.toLowerCase()) {
    case "true": return "yes";
    case "false": return "no";
    default: return "unknown";
  }
}

/** The parameters with the answer in them, or without any when nobody knows. */
export function withPersonal(parameters: Parameters, personal: Personal): Parameters {
  const { [kPersonal]: _, ...others } = parameters;
  return personal === "unknown" ? others : { ...others, [kPersonal]: String(personal === "yes") };
}

/** Who answers for the data, in words: `Sales (111122223333)`. Empty when nobody is named. */
export function ownerOf(parameters: Parameters | undefined): string {
  const { [kOwnerName]: name, [kOwnerId]: id } = parameters ?? {};
  return name && id ? `${name} (${id})` : name || id || "";
}

/** The account that a database or table is lent from; none for one's own. */
export const lender = ({ CatalogId }: { CatalogId?: string | undefined }, account: string): string | undefined =>
  CatalogId && CatalogId !== account ? CatalogId : undefined;

/** Where a resource link leads: `444455556666 sales.orders`. */
export function linkTarget(item: Database | Table): string | undefined {
  const target = "TargetTable" in item && item.TargetTable
    ? { ...item.TargetTable, name: `${item.TargetTable.DatabaseName}.${item.TargetTable.Name}` }
    : "TargetDatabase" in item && item.TargetDatabase ? { ...item.TargetDatabase, name: item.TargetDatabase.DatabaseName } : undefined;
  return target && [target.CatalogId, target.name].filter(Boolean).join(" ");
}

const formats: [test: RegExp, name: string][] = [
  [/iceberg/i, "Iceberg"], [/delta/i, "Delta Lake"], [/hudi/i, "Hudi"], [/parquet/i, "Parquet"], [/\borc\b|OrcSerde/i, "ORC"],
  [/avro/i, "Avro"], [/json/i, "JSON"], [/csv/i, "CSV"], [/LazySimple|TextInputFormat/i, "Text"],
];

/** How the table's files are written, as its parameters or else its storage say it. */
export function formatOf({ Parameters, StorageDescriptor }: Table): string {
  const told = Parameters?.table_type ?? Parameters?.["spark.sql.sources.provider"] ?? Parameters?.classification;
  const storage = `${StorageDescriptor?.SerdeInfo?.SerializationLibrary ?? ""} ${StorageDescriptor?.InputFormat ?? ""}`;
  const named = (text: string) => formats.find(([test]) => test.test(text))?.[1];
  return (told && (named(told) ?? told)) || named(storage) || "";
}

/** What the table is: a table, a view, or another name for one. */
export const kindOf = (table: Table): "Link" | "View" | "Table" =>
  table.TargetTable ? "Link" : table.TableType === "VIRTUAL_VIEW" ? "View" : "Table";

/** Columns of files and of partitions, in the order of the table. */
export const columnsOf = (table: Table): { column: Column; partition: boolean }[] => [
  ...(table.StorageDescriptor?.Columns ?? []).map((column) => ({ column, partition: false })),
  ...(table.PartitionKeys ?? []).map((column) => ({ column, partition: true })),
];

/** The pattern of GetTables for names that contain the text; none for no text. */
export const namesWith = (text: string): string | undefined =>
  text.trim() ? `.*${text.trim().replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}.*` : undefined;
