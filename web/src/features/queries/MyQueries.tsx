import Button from "@cloudscape-design/components/button";
import { ItemTable, rowsOf } from "../../ui/ItemTable";
import { StateText, type StateWords } from "../../ui/StateText";
import { TimeText } from "../../ui/TimeText";
import { tookOf, useMyQueries, type QuerySummary } from "./queries";

const states: StateWords = {
  QUEUED: ["pending", "Queued"],
  RUNNING: ["in-progress", "Running"],
  SUCCEEDED: ["success", "Succeeded"],
  FAILED: ["error", "Failed"],
  CANCELLED: ["stopped", "Cancelled"],
};

/** The person's own queries, as long as the server keeps them. */
export function MyQueries({ open }: { open: (query: QuerySummary) => void }) {
  const queries = useMyQueries();
  return (
    <ItemTable<QuerySummary>
      title="My queries"
      description="Answers are kept for a few minutes."
      empty="You have no recent queries."
      filter="Find queries"
      rows={rowsOf(queries)}
      keyOf={({ QueryId = "" }) => QueryId}
      actions={<Button iconName="refresh" ariaLabel="Refresh" onClick={queries.again} />}
      columns={[
        { id: "sql", header: "Query", rowHeader: true, value: ({ Sql }) => Sql, cell: ({ Sql }) => <span className="mono breakable">{Sql}</span> },
        { id: "state", header: "State", value: ({ State }) => State, cell: ({ State }) => <StateText state={State} words={states} /> },
        { id: "asked", header: "Asked", value: ({ SubmittedAt }) => SubmittedAt, cell: ({ SubmittedAt }) => <TimeText at={SubmittedAt} /> },
        { id: "took", header: "Took", value: tookOf, cell: tookOf },
        { id: "rows", header: "Rows", value: ({ Rows }) => Rows, cell: ({ Rows }) => Rows ?? "" },
        { id: "open", header: "Answer", cell: (query) => <Button variant="inline-link" ariaLabel={`Show the answer to ${query.Sql}`} onClick={() => open(query)}>Show</Button> },
      ]}
    />
  );
}
