import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { PagedRead } from "../../api/queries";
import { ErrorBox } from "../../ui/ErrorBox";
import { ItemTable } from "../../ui/ItemTable";
import { saveFile } from "../../ui/saveFile";
import { csvOf } from "./csv";
import { faultIn, tookOf, type Answer } from "./queries";

type Row = { at: number; cells: (string | undefined)[] };

const rowsOf = (answers: Answer[]): Row[] =>
  answers.flatMap(({ Rows = [] }) => Rows).map(({ Cells = [] }, at) => ({ at, cells: Cells.map(({ Value }) => Value) }));

/** What a query answered: rows page by page, or why there are none. */
export function ResultTable({ answers }: { answers: PagedRead<Answer> }) {
  const [first] = answers.items;
  if (!first) return <ErrorBox fault={answers.fault} retry={answers.again} />;
  if (first.State === "CANCELLED") return <Alert type="info">The query was cancelled.</Alert>;
  if (first.Error) return <ErrorBox fault={faultIn(first.Error)} />;
  const rows = rowsOf(answers.items);
  const columns = first.Columns ?? [];
  return (
    <ItemTable<Row>
      title="Result"
      description={told(first)}
      empty="The answer has no rows."
      rows={{ ...answers, items: rows }}
      keyOf={({ at }) => String(at)}
      actions={
        <Button iconName="download" disabled={rows.length === 0}
          onClick={() => saveFile("result.csv", "text/csv;charset=utf-8", csvOf(columns.map(({ Name = "" }) => Name), rows.map(({ cells }) => cells)))}>
          Save {answers.more ? "what is loaded" : "all rows"} as CSV
        </Button>
      }
      columns={columns.map(({ Name = "", Type = "" }, index) => ({
        id: String(index),
        header: `${Name} ${Type.toLowerCase()}`,
        cell: ({ cells }: Row) => <Cell value={cells[index]} />,
      }))}
    />
  );
}

/** NULL is said, and looks like no text that a table could hold. */
const Cell = ({ value }: { value: string | undefined }) =>
  value === undefined
    ? <Box color="text-status-inactive" fontSize="body-s" display="inline"><em title="No value">NULL</em></Box>
    : <span className="mono result-cell">{value}</span>;

function told(answer: Answer) {
  const { Rows, FilesRead, BytesRead } = answer.Statistics ?? {};
  const facts = [
    Rows !== undefined && `${Rows} ${Rows === 1 ? "row" : "rows"}`, tookOf(answer),
    FilesRead !== undefined && BytesRead !== undefined && `${BytesRead} bytes of ${FilesRead} ${FilesRead === 1 ? "file" : "files"} read`,
  ].filter(Boolean).join(", ");
  return (
    <SpaceBetween size="xs">
      <span role="status">{facts}</span>
      {answer.Truncated && <Alert type="warning">There are more rows than an answer can have. Narrow the query to see them all.</Alert>}
    </SpaceBetween>
  );
}
