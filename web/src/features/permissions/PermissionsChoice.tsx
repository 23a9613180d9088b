import ColumnLayout from "@cloudscape-design/components/column-layout";
import { CheckboxList } from "../../ui/CheckboxList";
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

/** Two lists of the same permissions. Who may pass something on may do it, too. */
export function PermissionsChoice({ possible, chosen: { permissions, grantable }, onChange }: PermissionsChoiceProps) {
  const may = (next: Permission[]) => onChange({ permissions: next, grantable: grantable.filter((each) => next.includes(each)) });
  const pass = (next: Permission[]) => onChange({ permissions: [...new Set([...permissions, ...next])], grantable: next });
  return (
    <ColumnLayout columns={2}>
      <CheckboxList label="May" values={possible} chosen={permissions} onChange={may} />
      <CheckboxList label="May pass on" values={possible} chosen={grantable} onChange={pass} />
    </ColumnLayout>
  );
}
