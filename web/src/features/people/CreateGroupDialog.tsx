import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog";
import { listStatus } from "../../ui/listStatus";
import { notice } from "../../ui/notices";
import { useChoices } from "../../ui/principalChoices";
import { useCreateGroup } from "./people";

/** Makes a group; its role is chosen now, and stays. */
export function CreateGroupDialog({ onClose }: { onClose: () => void }) {
  const change = useCreateGroup();
  const roles = useChoices("roles");
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [role, setRole] = useState<string>();
  const options = roles.items.map(({ name: label, arn: value }) => ({ label, value }));
  const create = async () => {
    if (!(await change.run({ name: name.trim(), description, role }))) return;
    notice(`The group ${name.trim()} is there.`);
    onClose();
  };
  return (
    <FormDialog title="Create a group" submit="Create" onSubmit={create} onClose={onClose} running={change.running} fault={change.fault} disabled={!name.trim()}>
      <FormField label="Name"><Input value={name} spellcheck={false} onChange={({ detail }) => setName(detail.value)} /></FormField>
      <FormField label="Description"><Input value={description} onChange={({ detail }) => setDescription(detail.value)} /></FormField>
      <FormField label="Role" description="What its people act as. The role has to trust the console's identity pool; grants go to the role.">
        <Select
          placeholder="What everybody is"
          filteringType="auto"
          filteringAriaLabel="Find a role"
          empty="There is no role that you may see."
          options={options}
          selectedOption={options.find(({ value }) => value === role) ?? null}
          {...listStatus(roles)}
          onChange={({ detail }) => setRole(detail.selectedOption.value)}
        />
      </FormField>
    </FormDialog>
  );
}
