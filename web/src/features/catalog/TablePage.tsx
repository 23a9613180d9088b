import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useParams, useSearchParams } from "react-router";
import { useSession } from "../../signin/useSession";
import { ErrorBox } from "../../ui/ErrorBox";
import { FactList } from "../../ui/FactList";
import { Loading } from "../../ui/Loading";
import { PageFrame } from "../../ui/PageFrame";
import { PageButton } from "../../ui/PageLink";
import { TimeText } from "../../ui/TimeText";
import { databasePath, useTable, type Table } from "./catalog";
import { ColumnsTable } from "./ColumnsTable";
import { describedTable, formatOf, kindOf, lender, linkTarget, ownerOf, personalOf } from "./described";
import { DescribeDialog } from "./DescribeDialog";
import { useDescribeTable } from "./describing";
import { MyAccessCard } from "./MyAccessCard";
import { useMyAccess } from "./myAccess";
import { OriginMarks, PersonalMark, TagMarks } from "./marks";
import { Refused } from "./Refused";
import { useTableTags } from "./tags";

/** One table: what it is, its columns, and what of it the person may read. */
export default function TablePage() {
  const { database = "", table: name = "" } = useParams();
  const catalog = useSearchParams()[0].get("catalog") ?? undefined;
  const table = useTable(database, name, { catalog });
  const [editing, setEditing] = useState(false);
  const place = { database, table: name, ...(catalog && { catalog }) };
  return (
    <PageFrame
      title={name}
      above={[{ text: "Databases", to: "/" }, { text: database, to: databasePath(database, catalog) }]}
      says={table.value?.Description}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button disabled={!table.value} onClick={() => setEditing(true)}>Edit</Button>
          <PageButton to={`/sql?${new URLSearchParams(place)}`}>Try it in SQL</PageButton>
          <PageButton variant="primary" to={`/request?${new URLSearchParams(place)}`}>Request access</PageButton>
        </SpaceBetween>
      }
    >
      <ErrorBox fault={table.fault} retry={table.again} />
      {table.loading && <Loading />}
      {table.value && <Shown table={table.value} database={database} catalog={catalog} />}
      {editing && table.value && <EditTable database={database} table={table.value} catalog={catalog} onClose={() => setEditing(false)} />}
    </PageFrame>
  );
}

interface EditTableProps {
  database: string;
  table: Table;
  catalog: string | undefined;
  onClose: () => void;
}

function EditTable({ database, table, catalog, onClose }: EditTableProps) {
  const { Name: name = "" } = table;
  const change = useDescribeTable(database, name, catalog);
  return <DescribeDialog title={`Edit ${name}`} was={describedTable(table)} withOwner change={change} onClose={onClose} />;
}

/** What is there of a table that the person may see. */
function Shown({ table, database, catalog }: { table: Table; database: string; catalog: string | undefined }) {
  const { account } = useSession();
  const tags = useTableTags(database, table.Name ?? "", catalog);
  const access = useMyAccess(database, table.Name ?? "", catalog);
  const refused = tags.fault && <Refused fault={tags.fault} />;
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">About</Header>}>
        <FactList
          items={[
            { label: "Owner", value: ownerOf(table.Parameters) || table.Owner || "–" },
            { label: "Personal data", value: <PersonalMark personal={personalOf(table.Parameters)} /> },
            { label: "Location", value: <span className="mono">{table.StorageDescriptor?.Location || "–"}</span> },
            { label: "Kind and format", value: [kindOf(table), formatOf(table)].filter(Boolean).join(", ") },
            { label: "LF-Tags", value: refused ?? <TagMarks tags={tags.value?.table ?? []} /> },
            { label: "LF-Tags of the database", value: refused ?? <TagMarks tags={tags.value?.database ?? []} /> },
            { label: "Changed", value: <><TimeText at={table.UpdateTime ?? table.CreateTime} />{table.VersionId && ` (version ${table.VersionId})`}</> },
            { label: "Account", value: lender(table, account) ? <OriginMarks lender={lender(table, account)} /> : `${account} (yours)` },
            { label: "Guarded", value: table.IsRegisteredWithLakeFormation ? "By Lake Formation: its location is registered" : "Its location is not registered" },
            ...(linkTarget(table) ? [{ label: "Link to", value: linkTarget(table) }] : []),
          ]}
        />
      </Container>
      <MyAccessCard access={access} />
      <ColumnsTable table={table} database={database} catalog={catalog} tags={tags.value?.columns} access={access.value} />
    </SpaceBetween>
  );
}
