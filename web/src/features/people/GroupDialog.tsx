import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog";
import { listStatus } from "../../ui/listStatus";
import { notice } from "../../ui/notices";
import { useChoices } from "../../ui/principalChoices";
import { TypedName } from "../../ui/TypedName";
import { useIsOwnRole, usePutGroup, type Group } from "./people";

/** Makes a group, or changes one: what it is said to be, and the role. Its name stays, and a role can only become another. */
export function GroupDialog({ group, onClose }: { group?: Group | undefined; onClose: () => void }) {
  const change = usePutGroup();
  const [name, setName] = useState(group?.GroupName ?? "");
  const [description, setDescription] = useState(group?.Description ?? "");
  const [role, setRole] = useState(group?.RoleArn);
  const [typed, setTyped] = useState("");
  const isOwnRole = useIsOwnRole();
  const losesOwn = group !== undefined && isOwnRole(group) && !isOwnRole({ RoleArn: role });
  const save = async () => {
    if (!(await change.run({ name: name.trim(), description, role, isNew: !group }))) return;
    notice(group ? `The group ${name} was changed.` : `The group ${name.trim()} was created.`);
    onClose();
  };
  return (
    <FormDialog title={group ? `Change the group ${name}` : "Create a group"} submit={group ? "Save" : "Create"} onSubmit={save} onClose={onClose}
      running={change.running} fault={change.fault} disabled={!name.trim() || (losesOwn && typed !== name)}>
      {!group && <FormField label="Name"><Input value={name} spellcheck={false} onChange={({ detail }) => setName(detail.value)} /></FormField>}
      <FormField label="Description"><Input value={description} onChange={({ detail }) => setDescription(detail.value)} /></FormField>
      <RoleField role={role} onChange={setRole} says={group && "Members act as the new role once they sign in again, or within two hours."} />
      {losesOwn && (
        <>
          <Alert type="warning">You act by the role of this group: its members, and you, lose what that role lets them do.</Alert>
          <TypedName name={name} typed={typed} onChange={setTyped} />
        </>
      )}
    </FormDialog>
  );
}

interface RoleFieldProps {
  role: string | undefined;
  onChange: (role: string | undefined) => void;
  /** What is to be known of another one. */
  says: string | undefined;
}

function RoleField({ role, onChange, says }: RoleFieldProps) {
  const roles = useChoices("roles");
  const options = roles.items.map(({ name: label, arn: value }) => ({ label, value }));
  const chosen = options.find(({ value }) => value === role) ?? (role ? { label: role, value: role } : null);
  return (
    <FormField label="Role" description="The role that members act as. It must trust the console's identity pool. Grants go to the role." constraintText={says}>
      <Select
        placeholder="The default role"
        filteringType="auto"
        filteringAriaLabel="Find a role"
        empty="There is no role that you may see."
        options={options}
        selectedOption={chosen}
        {...listStatus(roles)}
        onChange={({ detail }) => onChange(detail.selectedOption.value)}
      />
    </FormField>
  );
}
