import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Multiselect from "@cloudscape-design/components/multiselect";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { PagedRead } from "../api/queries";
import { useDatabases, useTable, useTables } from "../features/catalog/catalog";
import { namesWith } from "../features/catalog/described";
import { listStatus } from "./listStatus";

/** A place in the catalog, as deep as it was picked. */
export interface Picked {
  database?: string;
  table?: string;
  columns?: string[];
}

export type Depth = "database" | "table" | "columns";

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
        empty="There is none that you may see."
        {...listStatus(rows, onSearch)}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}

interface ColumnsSelectProps {
  label: string;
  value: Picked;
  onChange: (columns: string[]) => void;
}

function ColumnsSelect({ label, value, onChange }: ColumnsSelectProps) {
  const table = useTable(value.database ?? "", value.table ?? "", { when: Boolean(value.database && value.table) });
  const columns = [...(table.value?.StorageDescriptor?.Columns ?? []), ...(table.value?.PartitionKeys ?? [])];
  return (
    <FormField label={label} errorText={table.fault?.message ?? ""} stretch>
      <Multiselect
        selectedOptions={(value.columns ?? []).map((name) => ({ value: name, label: name }))}
        options={columns.map(({ Name = "", Type = "" }) => ({ value: Name, label: Name, description: Type }))}
        placeholder="Choose columns"
        disabled={!value.table}
        filteringType="auto"
        filteringAriaLabel="Find columns"
        empty="There is no column that you may see."
        statusType={table.loading ? "loading" : "finished"}
        deselectAriaLabel={({ label: name = "" }) => `Take out ${name}`}
        onChange={({ detail }) => onChange(detail.selectedOptions.map(({ value: name = "" }) => name))}
      />
    </FormField>
  );
}
