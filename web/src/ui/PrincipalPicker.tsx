import Autosuggest from "@cloudscape-design/components/autosuggest";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { useSession } from "../signin/useSession";
import { listStatus } from "./listStatus";
import { useChoices } from "./principalChoices";
import { filledIn, formOf, principalForms, type PrincipalForm } from "./principalForms";

interface PrincipalPickerProps {
  /** Called with the identifier, or undefined while there is none yet. */
  onChange: (id: string | undefined) => void;
  /** Whom it begins with. */
  picked?: string | undefined;
  /** Which kinds of principal may be picked; all when absent. */
  kinds?: string[];
  label?: string;
}

/** Picks whom something is for: names are offered where the person may list them, and can be typed where not. */
export function PrincipalPicker({ onChange, picked, kinds, label = "Principal" }: PrincipalPickerProps) {
  const session = useSession();
  const forms = principalForms.filter(({ kind }) => kinds?.includes(kind) ?? true);
  const [begun] = useState(() => (picked ? filledIn(picked) : { kind: forms[0]?.kind ?? "arn", parts: [] }));
  const [kind, setKind] = useState(begun.kind);
  const [parts, setParts] = useState(begun.parts);
  const form = formOf(kind);
  const put = (next: PrincipalForm, filled: string[]) => {
    setKind(next.kind);
    setParts(filled);
    onChange(next.idOf(filled.map((part) => part.trim()), session) || undefined);
  };
  return (
    <ColumnLayout columns={form.parts.length > 1 ? 3 : 2}>
      {forms.length > 1 && (
        <FormField label={`Kind of ${label.toLowerCase()}`} constraintText={form.says}>
          <Select
            selectedOption={{ value: kind, label: form.label }}
            options={forms.map(({ kind: value, label: text }) => ({ value, label: text }))}
            onChange={({ detail }) => put(formOf(detail.selectedOption.value ?? kind), [])}
          />
        </FormField>
      )}
      {form.parts.map((part, at) => (
        <PartField
          key={`${kind}/${part.label}`}
          part={part}
          value={parts[at] ?? ""}
          onChange={(text) => put(form, Object.assign(form.parts.map((_, each) => parts[each] ?? ""), { [at]: text }))}
        />
      ))}
    </ColumnLayout>
  );
}

interface PartFieldProps {
  part: PrincipalForm["parts"][number];
  value: string;
  onChange: (text: string) => void;
}

function PartField({ part, value, onChange }: PartFieldProps) {
  const choices = useChoices(part.from);
  return (
    <FormField label={part.label}>
      <Autosuggest
        value={value}
        placeholder={part.placeholder ?? ""}
        enteredTextLabel={(text) => `Use "${text}"`}
        empty={part.from ? "No match in the list. You can type the name." : ""}
        options={choices.items.map(({ name, arn }) => (part.from === "providers" ? { value: name } : { value: arn, label: name, description: arn }))}
        {...listStatus(choices)}
        onChange={({ detail }) => onChange(detail.value)}
        ariaLabel={part.label}
      />
    </FormField>
  );
}
