import Box from "@cloudscape-design/components/box";
import Checkbox from "@cloudscape-design/components/checkbox";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useId } from "react";

interface CheckboxListProps<Value extends string> {
  label: string;
  values: Value[];
  chosen: Value[];
  onChange: (chosen: Value[]) => void;
}

/** Several of a few. Not in a FormField: that would give every box the name of the list. */
export function CheckboxList<Value extends string>({ label, values, chosen, onChange }: CheckboxListProps<Value>) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <Box variant="awsui-key-label" padding={{ bottom: "xxs" }}><span id={id}>{label}</span></Box>
      <SpaceBetween size="xs">
        {values.map((value) => (
          <Checkbox
            key={value}
            checked={chosen.includes(value)}
            onChange={({ detail }) => onChange(values.filter((each) => (each === value ? detail.checked : chosen.includes(each))))}
          >
            {value}
          </Checkbox>
        ))}
      </SpaceBetween>
    </div>
  );
}
