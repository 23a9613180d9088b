import Box from "@cloudscape-design/components/box";
import { useSettled } from "../../ui/settled";
import { ItemTable, type Column } from "../../ui/ItemTable";
import { PageLink } from "../../ui/PageLink";
import { databasePath, tablePath } from "../catalog/catalog";
import { sameTag } from "./inheritance";
import { isWhole, useTaggedDatabases, useTaggedTables, type LFTag, type LFTagPair, type TaggedDatabase, type TaggedTable } from "./tags";

const pairs = (tags: LFTagPair[] | undefined) => (tags ?? []).map(({ TagKey, TagValues = [] }) => `${TagKey} = ${(TagValues).join(", ")}`).join("; ");

/** Of the columns, what they carry besides what the table does. */
const besides = ({ LFTagsOnTable = [], LFTagsOnColumns = [] }: TaggedTable) =>
  LFTagsOnColumns
    .map(({ Name, LFTags = [] }) => ({ Name, LFTags: LFTags.filter((tag) => !LFTagsOnTable.some((other) => sameTag(tag, other))) }))
    .filter(({ LFTags }) => LFTags.length > 0);

const tableColumns: Column<TaggedTable>[] = [
  {
    id: "name", header: "Table", rowHeader: true, value: ({ Table }) => `${Table?.DatabaseName}.${Table?.Name}`,
    cell: ({ Table: { DatabaseName = "", Name = "" } = { DatabaseName: "", Name: "" } }) => (
      <PageLink to={tablePath(DatabaseName, Name)}>{DatabaseName}.{Name}</PageLink>
    ),
  },
  { id: "table", header: "On the table", value: ({ LFTagsOnTable }) => pairs(LFTagsOnTable), cell: ({ LFTagsOnTable }) => pairs(LFTagsOnTable) },
  {
    id: "columns", header: "On columns",
    cell: (table) => <>{besides(table).map(({ Name, LFTags }) => <Box key={Name}>{Name}: {pairs(LFTags)}</Box>)}</>,
  },
];

const databaseColumns: Column<TaggedDatabase>[] = [
  {
    id: "name", header: "Database", rowHeader: true, value: ({ Database }) => Database?.Name,
    cell: ({ Database }) => <PageLink to={databasePath(Database?.Name ?? "")}>{Database?.Name}</PageLink>,
  },
  { id: "tags", header: "LF-Tags", value: ({ LFTags }) => pairs(LFTags), cell: ({ LFTags }) => pairs(LFTags) },
];

interface TaggedNowProps {
  terms: LFTag[];
  of: "tables" | "databases";
}

/** What an expression of LF-Tags matches at this moment, among what the person may see. */
export function TaggedNow({ terms, of }: TaggedNowProps) {
  const settled = useSettled(terms);
  if (!isWhole(terms)) return null;
  return of === "tables" ? <Tables terms={settled} /> : <Databases terms={settled} />;
}

const Tables = ({ terms }: { terms: LFTag[] }) => (
  <ItemTable
    title="Tables it matches now"
    empty="No table that you may see carries it."
    columns={tableColumns}
    keyOf={({ Table }) => `${Table?.DatabaseName}.${Table?.Name}`}
    rows={useTaggedTables(terms)}
  />
);

const Databases = ({ terms }: { terms: LFTag[] }) => (
  <ItemTable
    title="Databases it matches now"
    empty="No database that you may see carries it."
    columns={databaseColumns}
    keyOf={({ Database }) => Database?.Name ?? ""}
    rows={useTaggedDatabases(terms)}
  />
);
