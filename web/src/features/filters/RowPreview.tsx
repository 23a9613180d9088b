import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { ErrorBox } from "../../ui/ErrorBox";
import { ItemTable } from "../../ui/ItemTable";
import { faultIn } from "../queries/queries";
import type { DataCellsFilter } from "./filters";
import { useRowPreview } from "./preview";
import { RowCount } from "./RowCount";

interface Row {
  number: number;
  cells: (string | undefined)[];
}

const Nothing = () => <Box color="text-status-inactive" display="inline">NULL</Box>;

/** The rows that a data filter lets stay: what its condition means, before anybody gets it. */
export function RowPreview({ filter }: { filter: DataCellsFilter }) {
  const { value, fault, loading, again } = useRowPreview(filter);
  const failure = fault ?? faultIn(value?.Error);
  if (failure) return <ErrorBox fault={failure} retry={again} />;
  if (loading || !value) return <StatusIndicator type="loading">Reading rows</StatusIndicator>;
  const hidden = new Set(filter.ColumnWildcard?.ExcludedColumnNames ?? []);
  const shown = (value.Columns ?? []).map(({ Name = "" }, at) => ({ name: Name, at })).filter(({ name }) => !hidden.has(name));
  const rows: Row[] = (value.Rows ?? []).map(({ Cells = [] }, number) => ({ number, cells: Cells.map(({ Value }) => Value) }));
  return (
    <ItemTable<Row>
      title="Rows that stay"
      description={<RowCount filter={filter} shown={rows.length} />}
      variant="embedded"
      empty="No row that you may see meets the condition."
      keyOf={({ number }) => String(number)}
      rows={{ items: rows, loading: false }}
      columns={shown.map(({ name, at }) => ({
        id: String(at), header: name, value: ({ cells }) => cells[at], cell: ({ cells }) => cells[at] ?? <Nothing />,
      }))}
    />
  );
}
