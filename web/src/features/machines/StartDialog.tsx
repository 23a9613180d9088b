import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { useNavigate } from "react-router";
import { CodeEditor } from "../../ui/CodeEditor";
import { FormDialog } from "../../ui/FormDialog";
import { pathTo } from "../../ui/PageLink";
import { useStart } from "./machines";

/** Starts an execution with an input, and follows it. */
export function StartDialog({ machine, onClose }: { machine: string; onClose: () => void }) {
  const [name, setName] = useState("");
  const [input, setInput] = useState("{}");
  const start = useStart(machine);
  const navigate = useNavigate();
  const send = async () => {
    const started = await start.run({ name, input });
    if (!started?.executionArn) return;
    onClose(); // not only by leaving: this page shows until the other one is there
    void navigate(pathTo("executions", started.executionArn));
  };
  return (
    <FormDialog title="Start execution" submit="Start" size="large" onSubmit={send} onClose={onClose} running={start.running} fault={start.fault}>
      <FormField label="Name" constraintText="Leave empty for a generated name.">
        <Input value={name} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      <FormField label="Input" constraintText="JSON.">
        <CodeEditor label="Input" text={input} onChange={setInput} />
      </FormField>
    </FormDialog>
  );
}
