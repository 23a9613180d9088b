import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";

interface TypedNameProps {
  name: string;
  typed: string;
  onChange: (typed: string) => void;
}

/** Wants a name to be typed before what cannot be undone. The caller compares. */
export const TypedName = ({ name, typed, onChange }: TypedNameProps) => (
  <FormField label={`Type ${name} to confirm`}>
    <Input value={typed} autoComplete={false} spellcheck={false} onChange={({ detail }) => onChange(detail.value)} />
  </FormField>
);
