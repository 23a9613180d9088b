import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { measured, units, type Unit } from "./duration";

interface DurationFieldProps {
  label: string;
  says?: string;
  error?: string | undefined;
  /** Seconds; without an end when absent. */
  value: number | undefined;
  onChange: (seconds: number | undefined) => void;
}

/** A length of time: a number and its unit. Empty means that there is no limit. */
export function DurationField({ label, says, error, value, onChange }: DurationFieldProps) {
  const [unit, setUnit] = useState<Unit>(value ? measured(value).unit : "days");
  const put = (text: string, of: Unit) => {
    const count = Number(text);
    setUnit(of);
    onChange(text.trim() === "" || !Number.isFinite(count) || count <= 0 ? undefined : Math.round(count * units[of]));
  };
  const shown = value === undefined ? "" : String(value / units[unit]);
  return (
    <FormField label={label} description={says} errorText={error}>
      <SpaceBetween direction="horizontal" size="xs">
        <Input type="number" inputMode="numeric" ariaLabel={label} value={shown} onChange={({ detail }) => put(detail.value, unit)} />
        <Select
          ariaLabel={`${label}: unit`}
          options={Object.keys(units).map((one) => ({ value: one, label: one }))}
          selectedOption={{ value: unit, label: unit }}
          onChange={({ detail }) => put(shown, (detail.selectedOption.value ?? "days") as Unit)}
        />
      </SpaceBetween>
    </FormField>
  );
}
