import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useSession } from "../../signin/useSession";
import { ItemTable, type Column } from "../../ui/ItemTable";
import { PageFrame } from "../../ui/PageFrame";
import { PageButton, PageLink, pathTo } from "../../ui/PageLink";
import { termsText } from "../permissions/resources";
import { DeleteDialog } from "./DeleteDialog";
import { ExpressionDialog } from "./ExpressionDialog";
import { TagDialog } from "./TagDialog";
import { TagValues } from "./TagValues";
import { idOf, isForeign, useTagExpressions, useTags, type LFTagExpression, type LFTagPair } from "./tags";

/** LF-Tags and saved expressions of them. */
export default function TagsPage() {
  return (
    <PageFrame
      title="LF-Tags"
      says="Keys and values that say what data is. A grant on an expression follows them to whatever carries them."
      actions={<PageButton to="/tags/-/assign">Assign LF-Tags</PageButton>}
    >
      <Tags />
      <Expressions />
    </PageFrame>
  );
}

function Tags() {
  const { account } = useSession();
  const [chosen, setChosen] = useState<LFTagPair[]>([]);
  const [open, setOpen] = useState<"new" | "change" | "delete">();
  const [one] = chosen;
  const foreign = one !== undefined && isForeign(one, account);
  const close = () => { setOpen(undefined); setChosen([]); };
  const columns: Column<LFTagPair>[] = [
    {
      id: "key", header: "Key", rowHeader: true, value: ({ TagKey }) => TagKey,
      cell: (tag) => isForeign(tag, account)
        ? <span className="breakable">{tag.TagKey} <Badge>from {tag.CatalogId}</Badge></span>
        : <PageLink to={pathTo("tags", tag.TagKey ?? "")}>{tag.TagKey}</PageLink>,
    },
    { id: "values", header: "Values", value: ({ TagValues: values = [] }) => values.join(" "), cell: ({ TagValues: values }) => <TagValues values={values} /> },
  ];
  return (
    <>
      <ItemTable
        title="Keys"
        empty="There is no LF-Tag that you may see."
        filter="Find LF-Tags"
        columns={columns}
        keyOf={idOf}
        rows={useTags()}
        selected={{ items: chosen, onChange: setChosen }}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={!one || foreign} onClick={() => setOpen("delete")}>Delete</Button>
            <Button disabled={!one || foreign} onClick={() => setOpen("change")}>Change values</Button>
            <Button variant="primary" onClick={() => setOpen("new")}>New LF-Tag</Button>
          </SpaceBetween>
        }
      />
      {open === "new" && <TagDialog onClose={close} />}
      {open === "change" && one && <TagDialog of={one} onClose={close} />}
      {open === "delete" && one && <DeleteDialog kind="tag" name={one.TagKey ?? ""} onClose={close} />}
    </>
  );
}

const meant = ({ Expression }: LFTagExpression) => termsText(Expression);

const expressionColumns: Column<LFTagExpression>[] = [
  { id: "name", header: "Name", rowHeader: true, value: ({ Name }) => Name, cell: ({ Name }) => <span className="breakable">{Name}</span> },
  { id: "means", header: "Means", value: meant, cell: (expression) => <span className="breakable">{meant(expression)}</span> },
  { id: "description", header: "Description", value: ({ Description }) => Description, cell: ({ Description }) => Description ?? "" },
];

function Expressions() {
  const [chosen, setChosen] = useState<LFTagExpression[]>([]);
  const [open, setOpen] = useState<"new" | "change" | "delete">();
  const [one] = chosen;
  const close = () => { setOpen(undefined); setChosen([]); };
  return (
    <>
      <ItemTable
        title="Saved expressions"
        empty="There is no saved expression that you may see."
        columns={expressionColumns}
        keyOf={({ Name = "" }) => Name}
        rows={useTagExpressions()}
        selected={{ items: chosen, onChange: setChosen }}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={!one} onClick={() => setOpen("delete")}>Delete</Button>
            <Button disabled={!one} onClick={() => setOpen("change")}>Change</Button>
            <Button onClick={() => setOpen("new")}>New expression</Button>
          </SpaceBetween>
        }
      />
      {open === "new" && <ExpressionDialog onClose={close} />}
      {open === "change" && one && <ExpressionDialog of={one} onClose={close} />}
      {open === "delete" && one && <DeleteDialog kind="expression" name={one.Name ?? ""} onClose={close} />}
    </>
  );
}
