import FormField from "@cloudscape-design/components/form-field";
import Multiselect from "@cloudscape-design/components/multiselect";
import { listStatus } from "../../ui/listStatus";
import { useGroups } from "./people";

/** Groups of the pool, to be chosen. */
export function GroupsField({ value, onChange }: { value: string[]; onChange: (groups: string[]) => void }) {
  const groups = useGroups();
  return (
    <FormField label="Groups" description="A group with a role decides what the person acts as.">
      <Multiselect
        placeholder="None"
        filteringType="auto"
        filteringAriaLabel="Find a group"
        empty="There are no groups."
        deselectAriaLabel={({ label }) => `Leave out ${label}`}
        {...listStatus(groups)}
        options={groups.items.map(({ GroupName = "", Description }) => ({ value: GroupName, label: GroupName, ...(Description && { description: Description }) }))}
        selectedOptions={value.map((name) => ({ value: name, label: name }))}
        onChange={({ detail }) => onChange(detail.selectedOptions.map((option) => option.value ?? ""))}
      />
    </FormField>
  );
}
