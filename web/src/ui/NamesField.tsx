import Autosuggest from "@cloudscape-design/components/autosuggest";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TokenGroup from "@cloudscape-design/components/token-group";
import { useRef, useState } from "react";
import { useLeaving } from "./useLeaving";

interface NamesFieldProps {
  label: string;
  says?: string;
  placeholder?: string;
  names: string[];
  onChange: (names: string[]) => void;
  /** What is known and can be chosen; anything else can be typed. */
  known?: string[];
  error?: string | undefined;
}

/** Several names: chosen among those that are known, or typed, because nobody sees every name there is. */
export function NamesField({ label, says, placeholder, names, onChange, known = [], error }: NamesFieldProps) {
  const [typed, setTyped] = useState("");
  // Enter on something that is highlighted is told as choosing it first, then as a key.
  const chosen = useRef(false);
  const add = (name: string) => {
    const wanted = name.trim();
    if (wanted && !names.includes(wanted)) onChange([...names, wanted]);
    setTyped("");
  };
  const leave = useLeaving(() => add(typed));
  return (
    <FormField label={label} description={says} errorText={error}>
      <SpaceBetween size="xxs">
        <Autosuggest
          ariaLabel={label}
          clearAriaLabel="Clear"
          value={typed}
          placeholder={placeholder ?? "Type or choose, then press Enter"}
          options={known.filter((name) => !names.includes(name)).map((value) => ({ value }))}
          enteredTextLabel={(text) => `Add "${text}"`}
          empty="No suggestions. Type a name."
          onChange={({ detail }) => { chosen.current = false; setTyped(detail.value); }}
          onSelect={({ detail }) => { chosen.current = true; add(detail.value); }}
          onKeyDown={(event) => {
            if (event.detail.key !== "Enter" || !typed) return;
            event.preventDefault(); // it adds the name, and does not send the form around it
            if (!chosen.current) add(typed);
          }}
          onBlur={leave}
        />
        {names.length > 0 && (
          <TokenGroup
            items={names.map((name) => ({ label: name, dismissLabel: `Remove ${name}` }))}
            onDismiss={({ detail }) => onChange(names.filter((_, index) => index !== detail.itemIndex))}
          />
        )}
      </SpaceBetween>
    </FormField>
  );
}
