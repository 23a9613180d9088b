import type { Column } from "@aws-sdk/client-glue";
import type { LFTagPair } from "@aws-sdk/client-lakeformation";
import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { ItemTable } from "../../ui/ItemTable";
import type { Table } from "./catalog";
import { AccessMark } from "./AccessMark";
import { columnsOf, describedColumn, personalOf } from "./described";
import { DescribeDialog } from "./DescribeDialog";
import { useDescribeColumn } from "./describing";
import { PersonalMark, TagMarks } from "./marks";
import { accessByColumn, type MyAccess } from "./myAccess";

interface ColumnsTableProps {
  table: Table;
  database: string;
  catalog: string | undefined;
  /** By column; none when the person may not see tags. */
  tags: Map<string, LFTagPair[]> | undefined;
  /** None while it is read, or when it cannot be told. */
  access: MyAccess | undefined;
}

/** The columns that the person may see, those of partitions last. */
export function ColumnsTable({ table, database, catalog, tags, access }: ColumnsTableProps) {
  const mine = accessByColumn(access);
  const [editing, setEditing] = useState<Column>();
  return (
    <>
      <ItemTable
        title="Columns"
        empty="There is no column that you may see."
        filter="Find columns"
        rows={{ items: columnsOf(table), loading: false }}
        keyOf={({ column }) => column.Name ?? ""}
        columns={[
          {
            id: "name", header: "Name", rowHeader: true, value: ({ column }) => column.Name,
            cell: ({ column, partition }) => <>{column.Name} {partition && <Badge>Partition key</Badge>}</>,
          },
          { id: "type", header: "Type", value: ({ column }) => column.Type, cell: ({ column }) => <span className="mono">{column.Type}</span> },
          { id: "comment", header: "Comment", value: ({ column }) => column.Comment, cell: ({ column }) => column.Comment ?? "" },
          {
            id: "personal", header: "Personal data", value: ({ column }) => personalOf(column.Parameters),
            cell: ({ column }) => <PersonalMark personal={personalOf(column.Parameters)} />,
          },
          ...(access ? [{
            id: "access", header: "Your access",
            cell: ({ column }: { column: Column }) => <AccessMark access={mine.get(column.Name ?? "")?.Access} />,
          }] : []),
          ...(tags ? [{
            id: "tags", header: "LF-Tags",
            cell: ({ column }: { column: Column }) => <TagMarks tags={tags.get(column.Name ?? "") ?? []} none="–" />,
          }] : []),
          {
            id: "edit", header: "Edit",
            cell: ({ column }) => <Button variant="inline-link" ariaLabel={`Edit ${column.Name}`} onClick={() => setEditing(column)}>Edit</Button>,
          },
        ]}
      />
      {editing && <EditColumn column={editing} database={database} table={table.Name ?? ""} catalog={catalog} onClose={() => setEditing(undefined)} />}
    </>
  );
}

interface EditColumnProps {
  column: Column;
  database: string;
  table: string;
  catalog: string | undefined;
  onClose: () => void;
}

function EditColumn({ column, database, table, catalog, onClose }: EditColumnProps) {
  const change = useDescribeColumn(database, table, column.Name ?? "", catalog);
  return <DescribeDialog title={`Edit the column ${column.Name}`} was={describedColumn(column)} withOwner={false} change={change} onClose={onClose} />;
}
