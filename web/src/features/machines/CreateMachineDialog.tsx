import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import { useState } from "react";
import { useNavigate } from "react-router";
import { FormDialog } from "../../ui/FormDialog";
import { pathTo } from "../../ui/PageLink";
import { PrincipalPicker } from "../../ui/PrincipalPicker";
import { useCreateMachine, type StateMachineType } from "./machines";

/** What a new machine begins with: something that can be drawn, saved and started. */
const kFirst = JSON.stringify({ StartAt: "First", States: { First: { Type: "Pass", End: true } } }, null, 2);

/** Makes a machine of one state and opens it: the rest is written on its page. */
export function CreateMachineDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<string>();
  const [type, setType] = useState<StateMachineType>("STANDARD");
  const create = useCreateMachine();
  const navigate = useNavigate();
  const send = async () => {
    const made = await create.run({ name, roleArn: role ?? "", type, definition: kFirst });
    if (!made?.stateMachineArn) return;
    onClose();
    void navigate(pathTo("machines", made.stateMachineArn));
  };
  return (
    <FormDialog title="Create state machine" submit="Create" onSubmit={send} onClose={onClose} running={create.running} fault={create.fault} disabled={!name || !role}>
      <FormField label="Name" constraintText="Up to 80 letters, digits, - and _.">
        <Input value={name} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      <FormField label="Type">
        <RadioGroup
          value={type}
          onChange={({ detail }) => setType(detail.value as StateMachineType)}
          items={[
            { value: "STANDARD", label: "Standard", description: "Runs for up to a year, can wait for people, keeps a history." },
            { value: "EXPRESS", label: "Express", description: "Runs for up to five minutes, keeps no history." },
          ]}
        />
      </FormField>
      <PrincipalPicker label="Role" kinds={["role"]} onChange={setRole} />
    </FormDialog>
  );
}
