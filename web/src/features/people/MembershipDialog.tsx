import Alert from "@cloudscape-design/components/alert";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog";
import { Loading } from "../../ui/Loading";
import { notice } from "../../ui/notices";
import { GroupsField } from "./GroupsField";
import { useGroupsOf, useMove } from "./people";

/** Which groups somebody is in. */
export function MembershipDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const groups = useGroupsOf(name);
  const change = useMove(name);
  const [chosen, setChosen] = useState<string[]>();
  const before = groups.value ?? [];
  const now = chosen ?? before;
  const save = async () => {
    const into = now.filter((group) => !before.includes(group));
    const outOf = before.filter((group) => !now.includes(group));
    if (!(await change.run({ into, outOf }))) return;
    notice(`The groups of ${name} are as you chose them.`);
    onClose();
  };
  return (
    <FormDialog title={`Groups of ${name}`} submit="Save" onSubmit={save} onClose={onClose} running={change.running}
      fault={groups.fault ?? change.fault} disabled={!groups.value}>
      {groups.loading ? <Loading /> : <GroupsField value={now} onChange={setChosen} />}
      <Alert type="info">It counts once {name} signs in again, or within two hours.</Alert>
    </FormDialog>
  );
}
