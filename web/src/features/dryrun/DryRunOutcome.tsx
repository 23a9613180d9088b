import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { ErrorBox } from "../../ui/ErrorBox";
import { ItemTable, type Column } from "../../ui/ItemTable";
import { PrincipalText } from "../../ui/PrincipalText";
import { useDryRun, type OutcomeRow, type Rehearsal } from "./dryRun";

type Change = OutcomeRow & { gained: boolean };

const list = (names: string[] | undefined) => (names ?? []).join(", ");

/** Each fact of a row in a sentence of its own. */
export function factsOf({ Permissions, PermissionsWithGrantOption, Columns, RowsBefore, RowsAfter, MetadataColumns, Administration, Condition }: OutcomeRow): string[] {
  return [
    Administration && `Administration: ${Administration}`,
    list(Permissions),
    PermissionsWithGrantOption?.length && `may pass on ${list(PermissionsWithGrantOption)}`,
    Columns?.length && `columns ${list(Columns)}`,
    RowsBefore !== RowsAfter && `rows: ${RowsBefore ?? "none"} → ${RowsAfter ?? "none"}`,
    MetadataColumns?.length && `sees the description of ${list(MetadataColumns)}`,
    Condition && `when ${Condition}`,
  ].filter((fact): fact is string => Boolean(fact));
}

const columns: Column<Change>[] = [
  {
    id: "way", header: "Change", value: ({ gained }) => (gained ? "gains" : "loses"),
    cell: ({ gained }) => <StatusIndicator type={gained ? "success" : "warning"}>{gained ? "Gains" : "Loses"}</StatusIndicator>,
  },
  { id: "who", header: "Who", rowHeader: true, value: ({ Principal }) => Principal, cell: ({ Principal }) => <PrincipalText id={Principal} /> },
  { id: "on", header: "On", value: ({ Resource }) => Resource, cell: ({ Resource }) => <span className="breakable">{Resource}</span> },
  { id: "what", header: "What", cell: (row) => <>{factsOf(row).map((fact) => <div key={fact} className="breakable">{fact}</div>)}</> },
];

interface DryRunOutcomeProps {
  rehearsal: Rehearsal | undefined;
  /** What stands there while there is nothing to rehearse. */
  waiting?: string;
  /** What it means when nobody gains or loses. */
  nothing?: string;
}

/** What a change would do before it is made: who gains and loses what, said by the server through the change's own gates. */
export function DryRunOutcome({ rehearsal, waiting = "Fill in the form to see what changes.", nothing = "Nobody gains or loses anything by this." }: DryRunOutcomeProps) {
  const { value, fault, loading, again, of } = useDryRun(rehearsal);
  if (!rehearsal) return <Box color="text-status-inactive">{waiting}</Box>;
  if (fault) return <ErrorBox fault={fault} retry={again} />;
  if (loading || !value || JSON.stringify(of) !== JSON.stringify(rehearsal)) return <StatusIndicator type="loading">Trying it out</StatusIndicator>;
  if (!value.Accepted) return <ErrorBox fault={{ code: value.Error?.Code ?? "Refused", message: value.Error?.Message ?? "This would be refused." }} />;
  const rows: Change[] = [
    ...(value.Losses ?? []).map((row) => ({ ...row, gained: false })),
    ...(value.Gains ?? []).map((row) => ({ ...row, gained: true })),
  ];
  return (
    <SpaceBetween size="s">
      {rows.length === 0
        ? <Box><span role="status">{nothing}</span></Box>
        : (
          <ItemTable
            title="What changes"
            variant="embedded"
            empty={nothing}
            columns={columns}
            keyOf={(row) => JSON.stringify(row)}
            rows={{ items: rows, loading: false }}
          />
        )}
      {value.Complete === false && <Alert type="warning">Not every change could be listed.</Alert>}
      {(value.Notices ?? []).map((notice) => <Alert key={notice} type="info">{notice}</Alert>)}
    </SpaceBetween>
  );
}
