import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { useStop } from "./executions";

/** Stops an execution; why is on its record. */
export function StopDialog({ arn, name, onClose }: { arn: string; name: string; onClose: () => void }) {
  const [cause, setCause] = useState("");
  const stop = useStop(arn);
  const send = async () => {
    if (await stop.run(cause)) onClose();
  };
  return (
    <ConfirmDialog
      title={`Stop ${name}?`}
      confirm="Stop"
      loses="What it has done stays. It waits for nothing any more."
      onConfirm={send}
      onClose={onClose}
      running={stop.running}
      fault={stop.fault}
    >
      <FormField label="Reason" constraintText="Kept in its history.">
        <Input value={cause} onChange={({ detail }) => setCause(detail.value)} />
      </FormField>
    </ConfirmDialog>
  );
}
