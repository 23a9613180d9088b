import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Grid from "@cloudscape-design/components/grid";
import Multiselect from "@cloudscape-design/components/multiselect";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { PagedRead } from "../../api/queries";
import { useSession } from "../../signin/useSession";
import { listStatus } from "../../ui/listStatus";
import { isForeign, useTags, type LFTagPair, type Term } from "./tags";

const named = (value: string) => ({ value, label: value });

interface ExpressionEditorProps {
  terms: Term[];
  onChange: (terms: Term[]) => void;
  /** At most so many keys. */
  most?: number;
}

/** Says what LF-Tags something must carry: each key once, with one of the values chosen for it. Keys are those of one's own account. */
export function ExpressionEditor({ terms, onChange, most = 50 }: ExpressionEditorProps) {
  const { account } = useSession();
  const tags = useTags();
  const own = tags.items.filter((tag) => !isForeign(tag, account)); // an expression names no account
  const rows = terms.length > 0 ? terms : [{ TagKey: "", TagValues: [] }];
  const put = (at: number, term: Term) => onChange(rows.map((each, other) => (other === at ? term : each)));
  return (
    <SpaceBetween size="s">
      {rows.map((term, at) => (
        <TermRow
          key={at}
          term={term}
          tags={own.filter(({ TagKey }) => TagKey === term.TagKey || !rows.some((other) => other.TagKey === TagKey))}
          listed={tags}
          onChange={(changed) => put(at, changed)}
          {...(rows.length > 1 && { onRemove: () => onChange(rows.filter((_, other) => other !== at)) })}
        />
      ))}
      {most > rows.length && (
        <Button formAction="none" iconName="add-plus" onClick={() => onChange([...rows, { TagKey: "", TagValues: [] }])}>Add another key</Button>
      )}
    </SpaceBetween>
  );
}

interface TermRowProps {
  term: Term;
  tags: LFTagPair[];
  listed: PagedRead<LFTagPair>;
  onChange: (term: Term) => void;
  onRemove?: () => void;
}

function TermRow({ term, tags, listed, onChange, onRemove }: TermRowProps) {
  const values = tags.find(({ TagKey }) => TagKey === term.TagKey)?.TagValues ?? [];
  return (
    <Grid gridDefinition={[{ colspan: { default: 12, s: 5 } }, { colspan: { default: 12, s: 5 } }, { colspan: { default: 12, s: 2 } }]}>
      <FormField label="Key" errorText={listed.fault?.message ?? ""}>
        <Select
          selectedOption={term.TagKey ? named(term.TagKey) : null}
          options={tags.map(({ TagKey = "" }) => named(TagKey))}
          placeholder="Choose a key"
          filteringType="auto"
          filteringAriaLabel="Find a key"
          empty="There is no LF-Tag that you may see."
          {...listStatus(listed)}
          onChange={({ detail }) => onChange({ TagKey: detail.selectedOption.value ?? "", TagValues: [] })}
        />
      </FormField>
      <FormField label="Values" constraintText={term.TagValues.length > 1 ? "Any of them" : ""}>
        <Multiselect
          selectedOptions={term.TagValues.map(named)}
          options={values.map(named)}
          placeholder="Choose values"
          disabled={!term.TagKey}
          filteringType="auto"
          filteringAriaLabel="Find values"
          deselectAriaLabel={({ label = "" }) => `Take out ${label}`}
          onChange={({ detail }) => onChange({ ...term, TagValues: detail.selectedOptions.map(({ value = "" }) => value) })}
        />
      </FormField>
      {onRemove && <Button formAction="none" iconName="remove" ariaLabel={`Take out ${term.TagKey || "this key"}`} onClick={onRemove} />}
    </Grid>
  );
}
