import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useParams, useSearchParams } from "react-router";
import { useSession } from "../../signin/useSession";
import { ErrorBox } from "../../ui/ErrorBox";
import { FactList } from "../../ui/FactList";
import { ItemTable } from "../../ui/ItemTable";
import { Loading } from "../../ui/Loading";
import { PageFrame } from "../../ui/PageFrame";
import { PageButton, PageLink } from "../../ui/PageLink";
import { useSettled } from "../../ui/settled";
import { LevelMark } from "./AccessMark";
import { tablePath, useDatabase, useTables, type Database, type Table } from "./catalog";
import { CreateTableDialog } from "./CreateTableDialog";
import { columnsOf, describedDatabase, formatOf, kindOf, lender, linkTarget, namesWith, ownerOf, personalOf } from "./described";
import { DescribeDialog } from "./DescribeDialog";
import { useDescribeDatabase } from "./describing";
import { OriginMarks, PersonalMark, TagMarks } from "./marks";
import { useMyLevels } from "./myAccess";
import { Refused } from "./Refused";
import { useDatabaseTags } from "./tags";

/** One database: what it is, and the tables of it that the person may see. */
export default function DatabasePage() {
  const { database: name = "" } = useParams();
  const catalog = useSearchParams()[0].get("catalog") ?? undefined;
  const database = useDatabase(name, catalog);
  const [dialog, setDialog] = useState<"words" | "table">();
  return (
    <PageFrame
      title={name}
      above={[{ text: "Databases", to: "/" }]}
      says={database.value?.Description}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button disabled={!database.value} onClick={() => setDialog("words")}>Edit</Button>
          <Button disabled={!database.value} onClick={() => setDialog("table")}>Create table</Button>
          <PageButton variant="primary" to={`/request?${new URLSearchParams({ database: name, ...(catalog && { catalog }) })}`}>Request access</PageButton>
        </SpaceBetween>
      }
    >
      <ErrorBox fault={database.fault} retry={database.again} />
      {database.loading && <Loading />}
      {database.value && <About database={database.value} catalog={catalog} />}
      {(database.value || !database.fault) && <Tables database={name} catalog={catalog} />}
      {dialog === "words" && database.value && (
        <EditDatabase database={database.value} catalog={catalog} onClose={() => setDialog(undefined)} />
      )}
      {dialog === "table" && <CreateTableDialog database={name} catalog={catalog} below={database.value?.LocationUri} onClose={() => setDialog(undefined)} />}
    </PageFrame>
  );
}

function EditDatabase({ database, catalog, onClose }: { database: Database; catalog: string | undefined; onClose: () => void }) {
  const { Name: name = "" } = database;
  const change = useDescribeDatabase(name, catalog);
  return <DescribeDialog title={`Edit ${name}`} was={describedDatabase(database)} withOwner change={change} onClose={onClose} />;
}

/** What is said of the database. */
function About({ database, catalog }: { database: Database; catalog: string | undefined }) {
  const { account } = useSession();
  const tags = useDatabaseTags(database.Name ?? "", catalog);
  return (
    <Container header={<Header variant="h2">About</Header>}>
      <FactList
        columns={3}
        items={[
          { label: "Owner", value: ownerOf(database.Parameters) || "–" },
          { label: "Personal data", value: <PersonalMark personal={personalOf(database.Parameters)} /> },
          { label: "Location", value: <span className="mono">{database.LocationUri ?? "–"}</span> },
          { label: "LF-Tags", value: tags.fault ? <Refused fault={tags.fault} /> : <TagMarks tags={tags.value ?? []} /> },
          { label: "Account", value: lender(database, account) ? <OriginMarks lender={lender(database, account)} /> : `${account} (yours)` },
          ...(linkTarget(database) ? [{ label: "Link to", value: linkTarget(database) }] : []),
        ]}
      />
    </Container>
  );
}

/** The tables, found by name on the server: there may be ten thousand. */
function Tables({ database, catalog }: { database: string; catalog: string | undefined }) {
  const { account } = useSession();
  const [text, setText] = useState("");
  const tables = useTables(database, namesWith(useSettled(text, 250)), catalog);
  const levels = useMyLevels(database, tables.items.map(({ Name = "" }) => Name), catalog);
  const personal = (table: Table) => {
    const said = [personalOf(table.Parameters), ...columnsOf(table).map(({ column }) => personalOf(column.Parameters))];
    return said.includes("yes") ? "yes" : personalOf(table.Parameters);
  };
  return (
    <ItemTable
      title="Tables"
      empty="There is no table that you may see."
      search={{ label: "Find tables by name", text, onChange: setText }}
      rows={tables}
      keyOf={({ Name = "" }) => Name}
      columns={[
        {
          id: "name", header: "Name", rowHeader: true, value: ({ Name }) => Name,
          cell: ({ Name = "" }) => <PageLink to={tablePath(database, Name, catalog)}>{Name}</PageLink>,
        },
        { id: "description", header: "Description", value: ({ Description }) => Description, cell: ({ Description }) => Description ?? "" },
        { id: "owner", header: "Owner", value: ({ Parameters }) => ownerOf(Parameters), cell: ({ Parameters }) => ownerOf(Parameters) || "–" },
        { id: "personal", header: "Personal data", value: personal, cell: (table) => <PersonalMark personal={personal(table)} /> },
        {
          id: "kind", header: "Kind", value: kindOf,
          cell: (table) => (kindOf(table) === "Link" ? <OriginMarks lender={lender(table, catalog ?? account)} target={linkTarget(table)} /> : kindOf(table)),
        },
        { id: "format", header: "Format", value: formatOf, cell: (table) => formatOf(table) || "–" },
        {
          id: "access", header: "Your access", value: ({ Name = "" }) => levels.get(Name),
          cell: ({ Name = "" }) => <LevelMark level={levels.get(Name)} />,
        },
      ]}
    />
  );
}
