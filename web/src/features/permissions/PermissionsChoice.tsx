import Checkbox from "@cloudscape-design/components/checkbox";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Permission } from "./permissions";

/** What somebody may do, and what of it they may pass on. */
export interface Chosen {
  permissions: Permission[];
  grantable: Permission[];
}

interface PermissionsChoiceProps {
  possible: Permission[];
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
}

const toggled = (list: Permission[], permission: Permission, on: boolean) =>
  on ? [...list, permission] : list.filter((each) => each !== permission);

/** Two lists of the same permissions. Who may pass something on may do it, too. */
export function PermissionsChoice({ possible, chosen: { permissions, grantable }, onChange }: PermissionsChoiceProps) {
  const may = (permission: Permission, on: boolean) =>
    onChange({ permissions: toggled(permissions, permission, on), grantable: on ? grantable : toggled(grantable, permission, false) });
  const pass = (permission: Permission, on: boolean) =>
    onChange({ permissions: on && !permissions.includes(permission) ? [...permissions, permission] : permissions, grantable: toggled(grantable, permission, on) });
  return (
    <ColumnLayout columns={2}>
      <List label="May" possible={possible} chosen={permissions} onToggle={may} />
      <List label="May pass on" possible={possible} chosen={grantable} onToggle={pass} />
    </ColumnLayout>
  );
}

interface ListProps {
  label: string;
  possible: Permission[];
  chosen: Permission[];
  onToggle: (permission: Permission, on: boolean) => void;
}

const List = ({ label, possible, chosen, onToggle }: ListProps) => (
  <FormField label={label}>
    <SpaceBetween size="xs">
      {possible.map((permission) => (
        <Checkbox
          key={permission}
          ariaLabel={`${label} ${permission}`}
          checked={chosen.includes(permission)}
          onChange={({ detail }) => onToggle(permission, detail.checked)}
        >
          {permission}
        </Checkbox>
      ))}
    </SpaceBetween>
  </FormField>
);
