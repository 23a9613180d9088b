import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useSession } from "../../signin/SessionGate";
import { ResourcePicker, type Depth } from "../../ui/ResourcePicker";
import { FilterDialog } from "../filters/FilterDialog";
import { RowPreview } from "../filters/RowPreview";
import { useFilters } from "../filters/filters";
import { ExpressionEditor } from "../tags/ExpressionEditor";
import { TaggedNow } from "../tags/TaggedNow";
import { kindOf, resourceKinds, type Draft } from "./resources";

/** How deep into the catalog each kind goes; kinds that are no place in it are absent. */
const depths: Partial<Record<string, Depth>> = {
  database: "database", "all-tables": "database", table: "table", rows: "table", columns: "columns", "but-columns": "columns",
};

interface ResourceFieldsProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
}

/** Says what a grant is about: the kind first, then what this kind takes. */
export function ResourceFields({ draft, onChange }: ResourceFieldsProps) {
  const depth = depths[draft.kind];
  return (
    <SpaceBetween size="m">
      <FormField label="Kind of resource">
        <Select
          selectedOption={{ value: draft.kind, label: kindOf(draft.kind).label }}
          options={resourceKinds.map(({ kind, label }) => ({ value: kind, label }))}
          onChange={({ detail }) => onChange({ ...draft, kind: detail.selectedOption.value ?? draft.kind, columns: [], filter: "", terms: [] })}
        />
      </FormField>
      {depth && (
        <ResourcePicker
          depth={depth}
          value={draft}
          columnsLabel={draft.kind === "but-columns" ? "Columns that stay hidden" : "Columns"}
          onChange={({ database = "", table = "", columns = [] }) => onChange({ ...draft, database, table, columns, filter: "" })}
        />
      )}
      {draft.kind === "rows" && <FilterField draft={draft} onChange={onChange} />}
      {draft.kind === "location" && <LocationField draft={draft} onChange={onChange} />}
      {["tagged-tables", "tagged-databases", "tag"].includes(draft.kind) && <TagsField draft={draft} onChange={onChange} />}
    </SpaceBetween>
  );
}

const LocationField = ({ draft, onChange }: ResourceFieldsProps) => (
  <FormField label="Place" constraintText="A registered location, or a place below one: s3://bucket/prefix">
    <Input value={draft.location ?? ""} spellcheck={false} onChange={({ detail }) => onChange({ ...draft, location: detail.value.trim() })} />
  </FormField>
);

const TagsField = ({ draft, onChange }: ResourceFieldsProps) => (
  <>
    <ExpressionEditor terms={draft.terms ?? []} most={draft.kind === "tag" ? 1 : 50} onChange={(terms) => onChange({ ...draft, terms })} />
    {draft.kind !== "tag" && <TaggedNow terms={draft.terms ?? []} of={draft.kind === "tagged-tables" ? "tables" : "databases"} />}
  </>
);

/** Chooses among the data filters of the table, or makes one on the spot. */
function FilterField({ draft, onChange }: ResourceFieldsProps) {
  const { account } = useSession();
  const { database, table, filter } = draft;
  const filters = useFilters({ catalog: account, database, table }, { when: Boolean(database && table) });
  const [making, setMaking] = useState(false);
  const chosen = filters.items.find(({ Name }) => Name === filter);
  return (
    <>
      <FormField
        label="Data filter"
        errorText={filters.fault?.message ?? ""}
        secondaryControl={<Button formAction="none" disabled={!table} onClick={() => setMaking(true)}>New data filter</Button>}
      >
        <Select
          selectedOption={filter ? { value: filter, label: filter } : null}
          options={filters.items.map(({ Name = "", RowFilter }) => ({ value: Name, label: Name, description: RowFilter?.FilterExpression ?? "all rows" }))}
          placeholder="Choose a data filter"
          disabled={!table}
          empty="The table has none. Make one."
          statusType={filters.loading ? "loading" : filters.more ? "pending" : "finished"}
          onLoadItems={({ detail }) => { if (!detail.firstPage) filters.more?.(); }}
          onChange={({ detail }) => onChange({ ...draft, filter: detail.selectedOption.value ?? "" })}
        />
      </FormField>
      {chosen && <RowPreview filter={chosen} />}
      {making && (
        <FilterDialog
          of={{ DatabaseName: database, TableName: table }}
          onClose={() => setMaking(false)}
          onSaved={(name) => onChange({ ...draft, filter: name })}
        />
      )}
    </>
  );
}
