import Alert from "@cloudscape-design/components/alert";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog";
import { Loading } from "../../ui/Loading";
import { notice } from "../../ui/notices";
import { TypedName } from "../../ui/TypedName";
import { GroupsField } from "./GroupsField";
import { useGroupsOf, useIsOneself, useIsOwnRole, useMove, type Group } from "./people";

const nameOf = ({ GroupName = "" }: Group) => GroupName;

/** Which groups somebody is in. */
export function MembershipDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const groups = useGroupsOf(name);
  const change = useMove(name);
  const [isOneself, isOwnRole] = [useIsOneself(), useIsOwnRole()];
  const [chosen, setChosen] = useState<string[]>();
  const [typed, setTyped] = useState("");
  const before = (groups.value ?? []).map(nameOf);
  const now = chosen ?? before;
  const into = now.filter((group) => !before.includes(group));
  const outOf = before.filter((group) => !now.includes(group));
  const giving = isOneself(name) ? (groups.value ?? []).filter(isOwnRole).map(nameOf) : [];
  const lost = giving.some((group) => now.includes(group)) ? [] : giving; // one that stays gives the role as well
  const save = async () => {
    if (!(await change.run({ into, outOf }))) return;
    notice(`The groups of ${name} are as you chose them.`);
    onClose();
  };
  return (
    <FormDialog title={`Groups of ${name}`} submit="Save" onSubmit={save} onClose={onClose} running={change.running}
      fault={groups.fault ?? change.fault} disabled={!groups.value || (lost.length > 0 && typed !== name)}>
      {groups.loading ? <Loading /> : <GroupsField value={now} onChange={setChosen} />}
      <Alert type="info">The change takes effect once {name} signs in again, or within two hours.</Alert>
      {lost.length > 0 && (
        <>
          <Alert type="warning">This is your own account. The role that you act by now comes from {lost.join(", ")}: you lose what it lets you do, and only another administrator, or an operator with <code>weir console reset-admin</code>, can put you back.</Alert>
          <TypedName name={name} typed={typed} onChange={setTyped} />
        </>
      )}
    </FormDialog>
  );
}
