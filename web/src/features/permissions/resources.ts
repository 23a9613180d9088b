import type { Permission, Resource } from "@aws-sdk/client-lakeformation";
import { placeArn, placeText } from "../../ui/places";
import type { Place } from "../../ui/principalForms";

/** What a resource of Lake Formation is, in words. */
export interface ResourceWords {
  kind: string;
  name: string;
  /** Which part of it: columns, rows, values. */
  part?: string;
}

/** An expression of LF-Tags in one line: "area = eu or us and level = low". */
export const termsText = (expression: { TagKey?: string | undefined; TagValues?: string[] | undefined }[] = []): string =>
  expression.map(({ TagKey, TagValues = [] }) => `${TagKey} = ${TagValues.join(" or ")}`).join(" and ");

const everyTable = (database = "") => ({ kind: "All tables", name: database });

function columnsOf({ ColumnNames, ColumnWildcard }: NonNullable<Resource["TableWithColumns"]>): { part?: string } {
  if (ColumnNames?.length) return { part: ColumnNames.join(", ") };
  const excluded = ColumnWildcard?.ExcludedColumnNames;
  return excluded?.length ? { part: `all but ${excluded.join(", ")}` } : {};
}

/** Lake Formation writes a resource as one member of eleven; a person reads one line. */
export function resourceWords(resource: Resource = {}): ResourceWords {
  const { Database, Table, TableWithColumns, DataLocation, DataCellsFilter, LFTag, LFTagPolicy, LFTagExpression } = resource;
  if (Table) {
    if (Table.TableWildcard) return everyTable(Table.DatabaseName);
    return { kind: "Table", name: `${Table.DatabaseName}.${Table.Name}` };
  }
  if (TableWithColumns) {
    const part = columnsOf(TableWithColumns);
    return { kind: part.part ? "Columns" : "Table", name: `${TableWithColumns.DatabaseName}.${TableWithColumns.Name}`, ...part };
  }
  if (DataCellsFilter) {
    const { DatabaseName, TableName, Name } = DataCellsFilter;
    return { kind: "Data filter", name: `${DatabaseName}.${TableName}`, part: Name ?? "" };
  }
  if (Database) return { kind: "Database", name: Database.Name ?? "" };
  if (DataLocation) return { kind: "Location", name: placeText(DataLocation.ResourceArn) };
  if (LFTag) return { kind: "LF-Tag", name: LFTag.TagKey ?? "", part: (LFTag.TagValues ?? []).join(", ") };
  if (LFTagPolicy) {
    const { ResourceType, Expression, ExpressionName } = LFTagPolicy;
    return { kind: ResourceType === "DATABASE" ? "Databases by LF-Tags" : "Tables by LF-Tags", name: ExpressionName ?? termsText(Expression), ...(ExpressionName && { part: "a saved expression" }) };
  }
  if (LFTagExpression) return { kind: "LF-Tag expression", name: LFTagExpression.Name ?? "" };
  return { kind: "Catalog", name: "The whole catalog" };
}

/** The database or table of the catalog that a resource is or is a part of, as Explain takes it; undefined for any other. */
export function placeOf({ Database, Table, TableWithColumns, DataCellsFilter }: Resource = {}): string | undefined {
  if (Database) return Database.Name;
  if (DataCellsFilter) return `${DataCellsFilter.DatabaseName}.${DataCellsFilter.TableName}`;
  const table = Table ?? TableWithColumns;
  return table && (table.Name && !Table?.TableWildcard ? `${table.DatabaseName}.${table.Name}` : table.DatabaseName);
}

/** What can be granted on: one entry of the list in which a person says what a grant is about. */
export interface ResourceKind {
  kind: string;
  label: string;
  permissions: Permission[];
}

/** Kinds of resources with what can be granted on them, as the server's table of privileges has it. */
export const resourceKinds: ResourceKind[] = [
  { kind: "table", label: "A table", permissions: ["SELECT", "INSERT", "DELETE", "DESCRIBE", "ALTER", "DROP", "ALL"] },
  { kind: "columns", label: "Columns of a table", permissions: ["SELECT"] },
  { kind: "but-columns", label: "A table without some columns", permissions: ["SELECT"] },
  { kind: "rows", label: "Rows of a table (a data filter)", permissions: ["SELECT", "DESCRIBE", "DROP"] },
  { kind: "all-tables", label: "All tables of a database", permissions: ["SELECT", "INSERT", "DELETE", "DESCRIBE", "ALTER", "DROP", "ALL"] },
  { kind: "database", label: "A database", permissions: ["DESCRIBE", "CREATE_TABLE", "ALTER", "DROP", "ALL"] },
  { kind: "tagged-tables", label: "Tables and columns by LF-Tags", permissions: ["SELECT", "INSERT", "DELETE", "DESCRIBE", "ALTER", "DROP", "ALL"] },
  { kind: "tagged-databases", label: "Databases by LF-Tags", permissions: ["DESCRIBE", "CREATE_TABLE", "ALTER", "DROP", "ALL"] },
  { kind: "tag", label: "An LF-Tag", permissions: ["DESCRIBE", "ASSOCIATE", "ALTER", "DROP", "GRANT_WITH_LF_TAG_EXPRESSION"] },
  { kind: "location", label: "A location", permissions: ["DATA_LOCATION_ACCESS"] },
  { kind: "catalog", label: "The catalog", permissions: ["CREATE_DATABASE", "CREATE_LF_TAG", "CREATE_LF_TAG_EXPRESSION"] },
];

export const kindOf = (kind: string): ResourceKind => {
  const found = resourceKinds.find((known) => known.kind === kind);
  if (!found) throw new Error(`there is no kind of resource called ${kind}`);
  return found;
};

/** What a person said about the resource of a grant; which parts count depends on the kind. */
export interface Draft {
  kind: string;
  database?: string;
  table?: string;
  columns?: string[];
  filter?: string;
  location?: string;
  terms?: { TagKey: string; TagValues: string[] }[];
  /** The saved expression that stands for keys and values; empty until one is chosen, absent where they are said themselves. */
  expression?: string;
}

const onTable = ({ database, table }: Draft, make: (name: { DatabaseName: string; Name: string }) => Resource) =>
  database && table ? make({ DatabaseName: database, Name: table }) : undefined;

function byTags(ResourceType: "DATABASE" | "TABLE", { terms: Expression = [], expression: ExpressionName }: Draft): Resource | undefined {
  if (ExpressionName !== undefined) return ExpressionName ? { LFTagPolicy: { ResourceType, ExpressionName } } : undefined;
  return Expression.length > 0 && Expression.every(({ TagValues }) => TagValues.length > 0) ? { LFTagPolicy: { ResourceType, Expression } } : undefined;
}

/** The resource that a draft means; undefined while it is not complete. @param own whose catalog it is in. */
export function resourceOf(draft: Draft, own: Place): Resource | undefined {
  const { kind, database, table, columns = [], filter, location } = draft;
  switch (kind) {
    case "catalog": return { Catalog: {} };
    case "database": return database ? { Database: { Name: database } } : undefined;
    case "all-tables": return database ? { Table: { DatabaseName: database, TableWildcard: {} } } : undefined;
    case "table": return onTable(draft, (Table) => ({ Table }));
    case "columns": return columns.length ? onTable(draft, (name) => ({ TableWithColumns: { ...name, ColumnNames: columns } })) : undefined;
    case "but-columns":
      return columns.length
        ? onTable(draft, (name) => ({ TableWithColumns: { ...name, ColumnWildcard: { ExcludedColumnNames: columns } } }))
        : undefined;
    case "rows":
      return database && table && filter
        ? { DataCellsFilter: { TableCatalogId: own.account, DatabaseName: database, TableName: table, Name: filter } }
        : undefined;
    case "location": {
      const ResourceArn = placeArn(location ?? "", own.arn);
      return ResourceArn ? { DataLocation: { ResourceArn } } : undefined;
    }
    case "tagged-tables": return byTags("TABLE", draft);
    case "tagged-databases": return byTags("DATABASE", draft);
    case "tag": {
      const [term] = draft.terms ?? [];
      return term?.TagValues.length ? { LFTag: term } : undefined;
    }
    default: return undefined;
  }
}
