import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { DurationField } from "../../ui/DurationField";
import { FormDialog } from "../../ui/FormDialog";
import { notice } from "../../ui/notices";
import { TimeText } from "../../ui/TimeText";
import { useExtend, useRevoke } from "../requests/requests";

interface OfRequest {
  of: { catalog: string; id: string };
  onClose: () => void;
}

/** Asks that a request's grants may last longer. */
export function ExtendDialog({ of, expires, onClose }: OfRequest & { expires: number | undefined }) {
  const [seconds, setSeconds] = useState<number | undefined>(30 * 86_400);
  const [purpose, setPurpose] = useState("");
  const extend = useExtend();
  const send = async () => {
    if (seconds === undefined || !(await extend.run({ ...of, seconds, purpose }))) return;
    notice("The extension was asked for.");
    onClose();
  };
  return (
    <FormDialog title="Extend" submit="Request extension" onSubmit={send} onClose={onClose} running={extend.running} fault={extend.fault} disabled={seconds === undefined}>
      <span>It ends <TimeText at={expires} />. The policy decides again, and people are asked again where it requires that.</span>
      <DurationField label="How much longer" value={seconds} onChange={setSeconds} />
      <FormField label="Purpose"><Textarea rows={3} value={purpose} onChange={({ detail }) => setPurpose(detail.value)} /></FormField>
    </FormDialog>
  );
}

/** Ends what was granted for a request. */
export function RevokeDialog({ of, about, onClose }: OfRequest & { about: string }) {
  const [reason, setReason] = useState("");
  const revoke = useRevoke();
  const send = async () => {
    if (!(await revoke.run({ ...of, reason }))) return;
    notice("The access was revoked.");
    onClose();
  };
  return (
    <ConfirmDialog
      title="Revoke the access?" confirm="Revoke" onConfirm={send} onClose={onClose} running={revoke.running} fault={revoke.fault}
      loses={`All access that this request gave ends now: ${about}. Anybody who needs it has to ask again.`}
    >
      <FormField label="Reason" description="It is kept with the grant."><Textarea rows={2} value={reason} onChange={({ detail }) => setReason(detail.value)} /></FormField>
    </ConfirmDialog>
  );
}
