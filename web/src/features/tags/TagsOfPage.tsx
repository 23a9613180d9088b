import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { ItemTable } from "../../ui/ItemTable";
import { PageFrame } from "../../ui/PageFrame";
import { ResourcePicker, type Picked } from "../catalog/ResourcePicker";
import { AssignDialog, TakeDialog } from "./AssignDialogs";
import { tagsAt, type TagAt } from "./inheritance";
import { idOf, useTagsOf, type Resource } from "./tags";

/** The most precise resource that was picked. */
function resourceAt({ database, table, columns = [] }: Picked): Resource | undefined {
  if (!database) return undefined;
  if (!table) return { Database: { Name: database } };
  return columns.length > 0
    ? { TableWithColumns: { DatabaseName: database, Name: table, ColumnNames: columns } }
    : { Table: { DatabaseName: database, Name: table } };
}

const placeIn = (search: URLSearchParams): Picked => {
  const [database, table] = [search.get("database"), search.get("table")];
  return { ...(database && { database }), ...(table && { table }) };
};

/** The resource that a tag was put on. */
function placeOf({ place }: TagAt, { database = "", table = "" }: Picked): Resource {
  if (place === "database") return { Database: { Name: database } };
  if (place === "table") return { Table: { DatabaseName: database, Name: table } };
  return { TableWithColumns: { DatabaseName: database, Name: table, ColumnNames: [place.replace(/^column /, "")] } };
}

/** Assigns LF-Tags to a database, a table or columns, and shows which ones come from above. */
export default function TagsOfPage() {
  const [search] = useSearchParams();
  const [picked, setPicked] = useState(() => placeIn(search));
  return (
    <PageFrame title="Assign LF-Tags" above={[{ text: "LF-Tags", to: "/tags" }]} says="What a database carries counts for its tables, and what a table carries for its columns, unless they carry another value.">
      <Container header={<Header variant="h2">On what</Header>}>
        <ResourcePicker depth="columns" value={picked} onChange={setPicked} columnsLabel="Columns (none: the table itself)" />
      </Container>
      {picked.database && <TagsHere key={JSON.stringify(picked)} picked={picked} />}
    </PageFrame>
  );
}

function TagsHere({ picked }: { picked: Picked }) {
  const resource = resourceAt(picked);
  const read = useTagsOf(resource);
  const [chosen, setChosen] = useState<TagAt[]>([]);
  const [open, setOpen] = useState<"assign" | "take">();
  const [one] = chosen;
  const close = () => { setOpen(undefined); setChosen([]); };
  const items = read.value ? tagsAt(read.value.assigned, read.value.counting) : [];
  return (
    <>
      <ItemTable
        title="LF-Tags"
        empty="No LF-Tag that you may see counts here."
        keyOf={({ place, tag }) => `${place}: ${idOf(tag)}`}
        rows={{ items, fault: read.fault, loading: read.loading, again: read.again }}
        columns={[
          { id: "place", header: "Where", rowHeader: true, value: ({ place }) => place, cell: ({ place }) => <span className="breakable">{place}</span> },
          { id: "key", header: "Key", value: ({ tag }) => tag.TagKey, cell: ({ tag }) => tag.TagKey },
          { id: "value", header: "Value", value: ({ tag }) => tag.TagValues?.[0], cell: ({ tag }) => <Badge color="blue">{tag.TagValues?.[0]}</Badge> },
          {
            id: "from", header: "Comes from", value: ({ assigned }) => (assigned ? "assigned" : "inherited"),
            cell: ({ assigned }) => assigned ? <StatusIndicator type="success">Assigned here</StatusIndicator> : <StatusIndicator type="info">Inherited</StatusIndicator>,
          },
        ]}
        selected={{ items: chosen, onChange: setChosen }}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={!one} onClick={() => setOpen("take")}>Remove</Button>
            <Button variant="primary" onClick={() => setOpen("assign")}>Assign</Button>
          </SpaceBetween>
        }
      />
      {open === "assign" && resource && <AssignDialog resource={resource} onClose={close} />}
      {open === "take" && one && <TakeDialog resource={placeOf(one, picked)} tag={one.tag} onClose={close} />}
    </>
  );
}
