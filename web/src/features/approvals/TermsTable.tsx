import Box from "@cloudscape-design/components/box";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import type { ApprovalNarrowing } from "../../api/weir.gen";
import { durationText } from "../../ui/duration";

interface TermsTableProps {
  asked: ApprovalNarrowing | undefined;
  /** What would be given, or was, with every condition that its rows meet; what is absent is as it was asked. */
  given: ApprovalNarrowing | undefined;
  /** Every column that was asked for, where the question does not name them. */
  columns?: string[];
}

const Taken = ({ children }: { children: ReactNode }) => (
  <del><Box variant="span" color="text-status-error">{children}</Box></del>
);

function Columns({ all, given }: { all: string[]; given: string[] | undefined }) {
  if (all.length === 0) return <>{given?.join(", ") ?? "Every column"}</>;
  return <>{all.map((name, index) => <span key={name}>{index > 0 && ", "}{!given || given.includes(name) ? name : <Taken>{name}</Taken>}</span>)}</>;
}

/** Who asked for every column, and gets some by name, gets less: the names are told apart only where all are known. */
const hasFewer = (all: string[], given: string[] | undefined) => given !== undefined && (all.length === 0 || all.some((name) => !given.includes(name)));

/** What was asked beside what is given; what is taken away is struck out. */
export function TermsTable({ asked = {}, given = {}, columns = [] }: TermsTableProps) {
  const all = asked.Columns ?? columns;
  const rowsGiven = given.RowFilter ?? asked.RowFilter;
  const seconds = given.DurationSeconds ?? asked.DurationSeconds;
  const rows: { what: string; asked: ReactNode; given: ReactNode; less: boolean }[] = [
    { what: "Columns", asked: all.join(", ") || "Every column", given: <Columns all={all} given={given.Columns} />, less: hasFewer(all, given.Columns) },
    { what: "Rows", asked: asked.RowFilter || "Every row", given: rowsGiven || "Every row", less: rowsGiven !== asked.RowFilter },
    { what: "How long", asked: asked.DurationSeconds ? durationText(asked.DurationSeconds) : "Without an end", given: seconds ? durationText(seconds) : "Without an end", less: seconds !== asked.DurationSeconds },
  ];
  return (
    <Table
      variant="embedded"
      wrapLines
      items={rows}
      trackBy="what"
      ariaLabels={{ tableLabel: "What is asked and what is given" }}
      columnDefinitions={[
        { id: "what", header: "", isRowHeader: true, cell: ({ what }) => what },
        { id: "asked", header: "Asked", cell: ({ asked: text }) => <span className="breakable">{text}</span> },
        { id: "given", header: "Given", cell: ({ given: text }) => <span className="breakable">{text}</span> },
        { id: "less", header: "Difference", cell: ({ less }) => (less ? <Box variant="strong">Less</Box> : "The same") },
      ]}
    />
  );
}
