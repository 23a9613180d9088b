import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { useSession } from "../../signin/useSession";
import { ErrorBox } from "../../ui/ErrorBox";
import { ResourcePicker } from "../catalog/ResourcePicker";
import { DryRunOutcome } from "../dryrun/DryRunOutcome";
import { useDryRun } from "../dryrun/dryRun";
import { filterOf, type ColumnsWay, type FilterDraft } from "./draft";
import type { DataCellsFilter } from "./filters";
import { RowPreview } from "./RowPreview";

interface FilterFieldsProps {
  draft: FilterDraft;
  onChange: (draft: FilterDraft) => void;
  isNew: boolean;
  /** Whether the table is given: then it is not picked. */
  fixed: boolean;
}

const ways: { value: ColumnsWay; label: string }[] = [
  { value: "all", label: "All columns" },
  { value: "only", label: "Only these columns" },
  { value: "but", label: "All columns but these" },
];

/** What the server says to a filter as it stands: its error, and the last one that it took. */
function useTrial(draft: FilterDraft, isNew: boolean) {
  const { account } = useSession();
  const filter = filterOf(draft, account);
  const rehearsal = filter && {
    service: "lakeformation" as const, operation: isNew ? "CreateDataCellsFilter" : "UpdateDataCellsFilter", input: { TableData: filter },
  };
  const outcome = useDryRun(rehearsal);
  const error = outcome.value?.Accepted === false ? outcome.value.Error : undefined;
  // The preview stays while the next condition is tried out, and goes when that one is wrong.
  const [tried, setTried] = useState<DataCellsFilter>();
  const accepted = outcome.value?.Accepted && JSON.stringify(outcome.of) === JSON.stringify(rehearsal);
  if (accepted && JSON.stringify(tried) !== JSON.stringify(filter)) setTried(filter);
  return { filter, rehearsal, fault: outcome.fault, error, tried };
}

/** What a data filter is made of, tried out by the server while it is typed: its errors, who loses what, the rows that stay. */
export function FilterFields({ draft, onChange, isNew, fixed }: FilterFieldsProps) {
  const { filter, rehearsal, fault, error, tried } = useTrial(draft, isNew);
  const taken = error?.Code === "AlreadyExistsException";
  return (
    <SpaceBetween size="m">
      <FormField label="Name" errorText={(taken && error.Message) || ""}>
        <Input value={draft.name} disabled={!isNew} spellcheck={false} onChange={({ detail }) => onChange({ ...draft, name: detail.value })} />
      </FormField>
      <ColumnsFields draft={draft} onChange={onChange} fixed={fixed} />
      <RowsField draft={draft} onChange={onChange} error={taken ? undefined : error?.Message} />
      <ErrorBox fault={fault} />
      {filter && !error && !isNew && <DryRunOutcome rehearsal={rehearsal} nothing="Nobody sees more or less than before." />}
      {filter && tried && !error && <RowPreview filter={tried} />}
    </SpaceBetween>
  );
}

/** Which columns of which table. */
const ColumnsFields = ({ draft, onChange, fixed }: Omit<FilterFieldsProps, "isNew">) => (
  <>
    <FormField label="Which columns it shows">
      <RadioGroup value={draft.way} items={ways} onChange={({ detail }) => onChange({ ...draft, way: detail.value as ColumnsWay, columns: [] })} />
    </FormField>
    {(!fixed || draft.way !== "all") && (
      <ResourcePicker
        depth={draft.way === "all" ? "table" : "columns"}
        fixed={fixed}
        value={draft}
        columnsLabel={draft.way === "but" ? "Columns that are hidden" : "Columns that are shown"}
        onChange={({ database, table, columns = [] }) => onChange({ ...draft, columns, ...(database && { database }), ...(table ? { table } : { table: "" }) })}
      />
    )}
  </>
);

interface RowsFieldProps {
  draft: FilterDraft;
  onChange: (draft: FilterDraft) => void;
  error: string | undefined;
}

const RowsField = ({ draft, onChange, error = "" }: RowsFieldProps) => (
  <FormField
    label="Which rows stay"
    description="A condition on columns of the table. Empty: all rows."
    constraintText="For example: area = 'eu' AND amount < 1000"
    errorText={error}
    stretch
  >
    <Textarea value={draft.rows} rows={3} spellcheck={false} onChange={({ detail }) => onChange({ ...draft, rows: detail.value })} />
  </FormField>
);
