import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { PagedRead } from "../../api/queries";
import { useSession } from "../../signin/useSession";
import { listStatus } from "../../ui/listStatus";
import { ResourcePicker, type Depth } from "../catalog/ResourcePicker";
import { FilterDialog } from "../filters/FilterDialog";
import { RowPreview } from "../filters/RowPreview";
import { useFilters } from "../filters/filters";
import { ExpressionEditor } from "../tags/ExpressionEditor";
import { TaggedNow } from "../tags/TaggedNow";
import { termsOf, useTagExpressions, type LFTagExpression } from "../tags/tags";
import { kindOf, resourceKinds, termsText, type Draft } from "./resources";

/** How deep into the catalog each kind goes; kinds that are no place in it are absent. */
const depths: Partial<Record<string, Depth>> = {
  database: "database", "all-tables": "database", table: "table", rows: "table", columns: "columns", "but-columns": "columns",
};

interface DraftProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
}

interface ResourceFieldsProps extends DraftProps {
  /** Which kinds it may be; all that can be granted on when absent. */
  kinds?: string[];
}

/** The draft as another kind of resource: the place stays, what only the kind before takes goes. */
function turnedInto(kind: string, { database, table, location }: Draft): Draft {
  return { kind, ...(database && { database }), ...(table && { table }), ...(location && { location }) };
}

/** Says what a grant is about: the kind first, then what this kind takes. */
export function ResourceFields({ draft, onChange, kinds }: ResourceFieldsProps) {
  const depth = depths[draft.kind];
  return (
    <SpaceBetween size="m">
      <FormField label="Kind of resource">
        <Select
          selectedOption={{ value: draft.kind, label: kindOf(draft.kind).label }}
          options={resourceKinds.filter(({ kind }) => kinds?.includes(kind) ?? true).map(({ kind, label }) => ({ value: kind, label }))}
          onChange={({ detail }) => onChange(turnedInto(detail.selectedOption.value ?? draft.kind, draft))}
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
      {draft.kind === "tag" && <ExpressionEditor terms={draft.terms ?? []} most={1} onChange={(terms) => onChange({ ...draft, terms })} />}
      {(draft.kind === "tagged-tables" || draft.kind === "tagged-databases") && <TagsField draft={draft} onChange={onChange} />}
    </SpaceBetween>
  );
}

const LocationField = ({ draft, onChange }: DraftProps) => (
  <FormField label="Place" constraintText="A registered location, or a place below one: s3://bucket/prefix">
    <Input value={draft.location ?? ""} spellcheck={false} onChange={({ detail }) => onChange({ ...draft, location: detail.value })} />
  </FormField>
);

const ways = [{ id: "terms", text: "Keys and values" }, { id: "saved", text: "A saved expression" }];

/** Which LF-Tags are meant: said here, or by the name of an expression, which a grant on it follows when it changes. */
function TagsField({ draft, onChange }: DraftProps) {
  const { expression, ...others } = draft;
  const saved = useTagExpressions({ when: expression !== undefined });
  const chosen = saved.items.find(({ Name }) => Name === expression);
  const terms = expression === undefined ? draft.terms ?? [] : termsOf(chosen ?? {});
  return (
    <>
      <SegmentedControl
        label="Which LF-Tags"
        selectedId={expression === undefined ? "terms" : "saved"}
        options={ways}
        onChange={({ detail }) => onChange(detail.selectedId === "saved" ? { ...others, expression: "" } : others)}
      />
      {expression === undefined
        ? <ExpressionEditor terms={terms} onChange={(next) => onChange({ ...draft, terms: next })} />
        : <SavedExpression saved={saved} name={expression} onChange={(name) => onChange({ ...draft, expression: name })} />}
      <TaggedNow terms={terms} of={draft.kind === "tagged-tables" ? "tables" : "databases"} />
    </>
  );
}

interface SavedExpressionProps {
  saved: PagedRead<LFTagExpression>;
  name: string;
  onChange: (name: string) => void;
}

const SavedExpression = ({ saved, name, onChange }: SavedExpressionProps) => (
  <FormField label="Saved expression" description="When it is changed, the grant changes with it." errorText={saved.fault?.message ?? ""}>
    <Select
      selectedOption={name ? { value: name, label: name } : null}
      options={saved.items.map(({ Name = "", Expression }) => ({ value: Name, label: Name, description: termsText(Expression) }))}
      placeholder="Choose a saved expression"
      empty="There is no saved expression that you may see. Save one on the LF-Tags page."
      {...listStatus(saved)}
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
    />
  </FormField>
);

/** Chooses among the data filters of the table, or makes one on the spot. */
function FilterField({ draft, onChange }: DraftProps) {
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
          empty="The table has no data filter. Create one."
          {...listStatus(filters)}
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
