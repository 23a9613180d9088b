import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal, { type ModalProps } from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useId, useRef, type FormEvent, type ReactNode } from "react";
import type { Fault } from "../api/errors";
import { useDialogFocus } from "./dialogFocus";
import { ErrorBox } from "./ErrorBox";
import { notice } from "./notices";
import { useLasting } from "./useLasting";

interface FormDialogProps {
  title: string;
  /** What the button says that carries it out. */
  submit: string;
  /** Carries it out; the caller closes the dialog when it worked. */
  onSubmit: () => unknown;
  onClose: () => void;
  /** Whether it is being carried out: the dialog stays until it is known how that ended, or that takes long, and cannot be sent twice. */
  running?: boolean;
  /** What kept it from being carried out. */
  fault?: Fault | undefined;
  /** Not complete yet. */
  disabled?: boolean;
  size?: ModalProps.Size;
  children: ReactNode;
}

/** How long a dialog stays for what is carried out; who does not want to wait longer may close it. */
export const kPatience = 5_000;

/** The one dialog of the console: fields, what failed, and two buttons. It is there while it is rendered; Enter sends it. */
export function FormDialog({ title, submit, onSubmit, onClose, running = false, fault, disabled = false, size, children }: FormDialogProps) {
  const form = useId();
  const slow = useLasting(running, kPatience);
  const stays = running && !slow;
  const send = () => void (running || disabled || onSubmit());
  const close = () => {
    if (stays) return;
    if (slow) notice(`"${title}" was closed before the server answered. What was sent may still be done.`, "warning");
    onClose();
  };
  return (
    <Modal
      visible
      header={title}
      size={size ?? "medium"}
      closeAriaLabel="Close"
      onDismiss={close}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" disabled={stays} onClick={close}>{slow ? "Stop waiting" : "Cancel"}</Button>
            <Button variant="primary" form={form} loading={running} disabled={disabled}>{submit}</Button>
          </SpaceBetween>
        </Box>
      }
    >
      <DialogForm id={form} onSend={send}>
        {children}
        <ErrorBox fault={fault} />
      </DialogForm>
      <Waiting slow={slow} />
    </Modal>
  );
}

/** Says that one need not wait; it is there before, so that screen readers tell what comes into it. */
const Waiting = ({ slow }: { slow: boolean }) => (
  <div role="status">
    {slow && (
      <Box margin={{ top: "m" }}>
        <Alert type="warning">The server has not answered yet. You can close this dialog: what was sent may still be done.</Alert>
      </Box>
    )}
  </div>
);

/** What a dialog shows. It is there when the dialog is, and so knows where the keyboard came from. */
function DialogForm({ id, onSend, children }: { id: string; onSend: () => void; children: ReactNode }) {
  const form = useRef<HTMLFormElement>(null);
  useDialogFocus(form);
  const send = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation(); // a dialog that a form opened is not part of it, though React's events think so
    onSend();
  };
  return <form ref={form} id={id} onSubmit={send}><SpaceBetween size="m">{children}</SpaceBetween></form>;
}
