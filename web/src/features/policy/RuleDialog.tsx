import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { FormDialog } from "../../ui/FormDialog";
import { NamesField } from "../../ui/NamesField";
import { permissions } from "../requests/wanted";
import { mapOf, pairsOf, withoutEmpty, type Rule, type When } from "./document";
import { ThenFields } from "./ThenFields";

interface RuleDialogProps {
  rule: Rule;
  onSubmit: (rule: Rule) => void;
  onClose: () => void;
}

/** One rule: what it is about, and what it does. What was changed in it is not lost without a question. */
export function RuleDialog({ rule, onSubmit, onClose }: RuleDialogProps) {
  const [draft, setDraft] = useState(rule);
  const [leaving, setLeaving] = useState(false);
  const { When: when = {}, Then: then = {} } = draft;
  const submit = () => onSubmit({ ...draft, When: withoutAbsent(when), Then: withoutEmpty(then) });
  const close = () => (writeRule(draft) === writeRule(rule) ? onClose() : setLeaving(true));
  return (
    <>
      <FormDialog title={rule.Name ? `Rule ${rule.Name}` : "New rule"} submit="Apply" size="large" onSubmit={submit} onClose={close} disabled={then.Deny === ""}>
        <FormField label="Name"><Input value={draft.Name ?? ""} onChange={({ detail }) => setDraft({ ...draft, Name: detail.value })} /></FormField>
        <h3>When</h3>
        <WhenFields when={when} put={(more) => setDraft({ ...draft, When: { ...when, ...more } })} />
        <h3>Then</h3>
        <ThenFields then={then} put={(more) => setDraft({ ...draft, Then: { ...then, ...more } })} />
      </FormDialog>
      {/* In front of the rule, which stays as it is: who keeps it goes on where they were. */}
      {leaving && (
        <ConfirmDialog title="Discard your changes?" confirm="Discard" loses="What you changed in this rule is lost." onConfirm={onClose} onClose={() => setLeaving(false)} />
      )}
    </>
  );
}

const writeRule = (rule: Rule) => JSON.stringify(rule);

// Of selectors, "false" says something.
const withoutAbsent = ({ Sensitive, Grantable, ...lists }: When): When => ({
  ...withoutEmpty(lists), ...(Sensitive !== undefined && { Sensitive }), ...(Grantable !== undefined && { Grantable }),
});

interface WhenFieldsProps {
  when: When;
  put: (more: Partial<When>) => void;
}

const lists: { member: "Databases" | "Tables" | "Columns" | "Targets" | "DataOwners"; label: string; says?: string }[] = [
  { member: "Databases", label: "Databases", says: "Names; * stands for any characters. Empty: every database." },
  { member: "Tables", label: "Tables" },
  { member: "Columns", label: "Columns", says: "At least one of them is asked for." },
  { member: "Targets", label: "Who gets it", says: "Account ids or ARNs, with *." },
  { member: "DataOwners", label: "Owners", says: "Account ids in data_owner of the database." },
];

const WhenFields = ({ when, put }: WhenFieldsProps) => (
  <SpaceBetween size="m">
    {lists.map(({ member, label, says }) => (
      <NamesField key={member} label={label} {...(says && { says })} names={when[member] ?? []} onChange={(names) => put({ [member]: names })} />
    ))}
    <NamesField label="Permissions" known={[...permissions]} names={when.Permissions ?? []} onChange={(Permissions) => put({ Permissions })} />
    <NamesField label="LF-Tags" says="key=value, with * in the value." names={pairsOf(when.LFTags)} onChange={(pairs) => put({ LFTags: mapOf(pairs) })} />
    <NamesField label="Parameters" says="key=value of the database, the table or a column." names={pairsOf(when.Parameters)} onChange={(pairs) => put({ Parameters: mapOf(pairs) })} />
    <YesNo label="Sensitive" value={when.Sensitive} onChange={(Sensitive) => put({ Sensitive } as Partial<When>)} />
    <YesNo label="May be passed on" value={when.Grantable} onChange={(Grantable) => put({ Grantable } as Partial<When>)} />
  </SpaceBetween>
);

const answers = [{ value: "", label: "Either" }, { value: "true", label: "Yes" }, { value: "false", label: "No" }];

function YesNo({ label, value, onChange }: { label: string; value: boolean | undefined; onChange: (value: boolean | undefined) => void }) {
  const chosen = answers.find((one) => one.value === String(value ?? "")) ?? null;
  return (
    <FormField label={label}>
      <Select options={answers} selectedOption={chosen} onChange={({ detail }) => onChange(detail.selectedOption.value ? detail.selectedOption.value === "true" : undefined)} />
    </FormField>
  );
}
