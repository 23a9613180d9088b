import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Multiselect from "@cloudscape-design/components/multiselect";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { PagedRead } from "../../api/queries";
import { listStatus } from "../../ui/listStatus";
import { useDatabases, useTable, useTables } from "./catalog";
import { namesWith } from "./described";


/** A place in the catalog, as deep as it was picked. */
export interface Picked {
  database?: string;
  table?: string;
  columns?: string[];
}

/** How deep a place is picked; a column is one, or none for the table itself. */
export type Depth = "database" | "table" | "columns" | "column";

interface ResourcePickerProps {
  value: Picked;
  onChange: (picked: Picked) => void;
  /** How deep one may pick. */
  depth: Depth;
  columnsLabel?: string;
  /** Database and table are given: only columns are picked. */
  fixed?: boolean;
}

/** Picks a database, a table of it and columns of that, among what the person may see. */
export function ResourcePicker({ value, onChange, depth, columnsLabel = "Columns", fixed = false }: ResourcePickerProps) {
  return (
    <SpaceBetween size="m">
      {!fixed && <TableSelect value={value} onChange={onChange} deep={depth !== "database"} />}
      {depth === "columns" && <ColumnsSelect label={columnsLabel} value={value} onChange={(columns) => onChange({ ...value, columns })} />}
      {depth === "column" && <ColumnSelect value={value} onChange={(columns) => onChange({ ...value, columns })} />}
    </SpaceBetween>
  );
}

interface TableSelectProps {
  value: Picked;
  onChange: (picked: Picked) => void;
  /** Whether a table is picked, too. */
  deep: boolean;
}

function TableSelect({ value, onChange, deep }: TableSelectProps) {
  const databases = useDatabases();
  const [search, setSearch] = useState("");
  const tables = useTables(deep ? value.database : undefined, namesWith(search));
  return (
    <ColumnLayout columns={deep ? 2 : 1}>
      <NameSelect
        label="Database"
        chosen={value.database}
        names={databases.items.map(({ Name = "" }) => Name)}
        rows={databases}
        onChange={(database) => onChange({ database })}
      />
      {deep && (
        <NameSelect
          label="Table"
          chosen={value.table}
          names={tables.items.map(({ Name = "" }) => Name)}
          rows={tables}
          disabled={!value.database}
          onSearch={setSearch}
          onChange={(table) => onChange({ ...(value.database && { database: value.database }), table })}
        />
      )}
    </ColumnLayout>
  );
}

interface NameSelectProps {
  label: string;
  chosen: string | undefined;
  names: string[];
  rows: PagedRead<unknown>;
  disabled?: boolean;
  /** Where the server searches: called with what was typed. */
  onSearch?: (text: string) => void;
  onChange: (name: string) => void;
}

function NameSelect({ label, chosen, names, rows, disabled = false, onSearch, onChange }: NameSelectProps) {
  return (
    <FormField label={label} errorText={rows.fault?.message ?? ""}>
      <Select
        selectedOption={chosen ? { value: chosen, label: chosen } : null}
        options={names.map((name) => ({ value: name, label: name }))}
        placeholder={`Choose a ${label.toLowerCase()}`}
        disabled={disabled}
        filteringType={onSearch ? "manual" : "auto"}
        filteringPlaceholder="Find"
        filteringAriaLabel={`Find a ${label.toLowerCase()}`}
        empty={`There is no ${label.toLowerCase()} that you may see.`}
        {...listStatus(rows, onSearch)}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}

interface ColumnSelectProps {
  value: Picked;
  onChange: (columns: string[]) => void;
}

/** The columns of the picked table, as options. */
function useColumns({ database = "", table = "" }: Picked) {
  const { value, fault, loading } = useTable(database, table, { when: Boolean(database && table) });
  const columns = [...(value?.StorageDescriptor?.Columns ?? []), ...(value?.PartitionKeys ?? [])];
  return {
    error: fault?.message ?? "",
    list: {
      options: columns.map(({ Name = "", Type = "" }) => ({ value: Name, label: Name, description: Type })),
      statusType: loading ? "loading" as const : "finished" as const,
      filteringType: "auto" as const,
      empty: "There is no column that you may see.",
      disabled: !table,
    },
  };
}

function ColumnsSelect({ label, value, onChange }: ColumnSelectProps & { label: string }) {
  const { error, list } = useColumns(value);
  return (
    <FormField label={label} errorText={error} stretch>
      <Multiselect
        {...list}
        selectedOptions={(value.columns ?? []).map((name) => ({ value: name, label: name }))}
        placeholder="Choose columns"
        filteringAriaLabel="Find columns"
        deselectAriaLabel={({ label: name = "" }) => `Take out ${name}`}
        onChange={({ detail }) => onChange(detail.selectedOptions.map(({ value: name = "" }) => name))}
      />
    </FormField>
  );
}

const kWholeTable = { value: "", label: "The whole table" };

function ColumnSelect({ value, onChange }: ColumnSelectProps) {
  const { error, list } = useColumns(value);
  const [column] = value.columns ?? [];
  return (
    <FormField label="Column" errorText={error} stretch>
      <Select
        {...list}
        options={[kWholeTable, ...list.options]}
        selectedOption={column ? { value: column, label: column } : kWholeTable}
        filteringAriaLabel="Find a column"
        onChange={({ detail: { selectedOption } }) => onChange(selectedOption.value ? [selectedOption.value] : [])}
      />
    </FormField>
  );
}
