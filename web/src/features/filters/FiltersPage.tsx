import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useSession } from "../../signin/useSession";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { ItemTable, type Column } from "../../ui/ItemTable";
import { notice } from "../../ui/notices";
import { PageFrame } from "../../ui/PageFrame";
import { PageLink } from "../../ui/PageLink";
import { DryRunOutcome } from "../dryrun/DryRunOutcome";
import { columnsText, rowsText } from "./draft";
import { FilterDialog } from "./FilterDialog";
import { nameOf, useDeleteFilter, useFilters, type DataCellsFilter } from "./filters";

const whoPath = ({ DatabaseName = "", TableName = "", Name = "" }: DataCellsFilter) =>
  `/permissions?${new URLSearchParams({ database: DatabaseName, table: TableName, filter: Name })}`;

const columns: Column<DataCellsFilter>[] = [
  { id: "name", header: "Name", rowHeader: true, value: ({ Name }) => Name, cell: ({ Name }) => <span className="breakable">{Name}</span> },
  {
    id: "table", header: "Table", value: ({ DatabaseName, TableName }) => `${DatabaseName}.${TableName}`,
    cell: ({ DatabaseName, TableName }) => <span className="breakable">{DatabaseName}.{TableName}</span>,
  },
  { id: "columns", header: "Columns", value: columnsText, cell: (filter) => <span className="breakable">{columnsText(filter)}</span> },
  { id: "rows", header: "Rows", value: rowsText, cell: (filter) => <span className="mono">{rowsText(filter)}</span> },
  { id: "who", header: "Held by", cell: (filter) => <PageLink to={whoPath(filter)}>Who has it</PageLink> },
];

/** Data filters: which rows and columns of a table a grant may be limited to. */
export default function FiltersPage() {
  const { account } = useSession();
  const filters = useFilters({ catalog: account });
  const [chosen, setChosen] = useState<DataCellsFilter[]>([]);
  const [open, setOpen] = useState<"new" | "change" | "delete">();
  const [one] = chosen;
  const close = () => { setOpen(undefined); setChosen([]); };
  return (
    <PageFrame title="Data filters" says="A data filter shows some rows and columns of a table. Grant SELECT on it instead of on the table.">
      <ItemTable
        title="Data filters"
        empty="There is no data filter that you may see."
        filter="Find data filters"
        columns={columns}
        keyOf={(filter) => `${filter.DatabaseName}.${filter.TableName} ${filter.Name}`}
        rows={filters}
        selected={{ items: chosen, onChange: setChosen }}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={!one} onClick={() => setOpen("delete")}>Delete</Button>
            <Button disabled={!one} onClick={() => setOpen("change")}>Change</Button>
            <Button variant="primary" onClick={() => setOpen("new")}>New data filter</Button>
          </SpaceBetween>
        }
      />
      {open === "new" && <FilterDialog of={{}} onClose={close} />}
      {open === "change" && one && <FilterDialog of={one} onClose={close} />}
      {open === "delete" && one && <DeleteFilter filter={one} onClose={close} />}
    </PageFrame>
  );
}

function DeleteFilter({ filter, onClose }: { filter: DataCellsFilter; onClose: () => void }) {
  const remove = useDeleteFilter();
  const confirm = async () => {
    if (await remove.run(filter)) { notice(`The data filter ${filter.Name} was deleted.`); onClose(); }
  };
  return (
    <ConfirmDialog
      title={`Delete the data filter ${filter.Name}?`}
      confirm="Delete"
      loses="Every grant on the filter goes with it."
      onConfirm={confirm}
      onClose={onClose}
      running={remove.running}
      fault={remove.fault}
    >
      <DryRunOutcome rehearsal={{ service: "lakeformation", operation: "DeleteDataCellsFilter", input: nameOf(filter) }} nothing="Nobody loses anything." />
    </ConfirmDialog>
  );
}
