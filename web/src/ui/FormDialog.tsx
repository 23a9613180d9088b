import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal, { type ModalProps } from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useId, useRef, type FormEvent, type ReactNode } from "react";
import type { Fault } from "../api/errors";
import { useDialogFocus } from "./dialogFocus";
import { ErrorBox } from "./ErrorBox";

interface FormDialogProps {
  title: string;
  /** What the button says that carries it out. */
  submit: string;
  /** Carries it out; the caller closes the dialog when it worked. */
  onSubmit: () => unknown;
  onClose: () => void;
  /** Whether it is being carried out: the dialog stays until it is known how that ended, and cannot be sent twice. */
  running?: boolean;
  /** What kept it from being carried out. */
  fault?: Fault | undefined;
  /** Not complete yet. */
  disabled?: boolean;
  size?: ModalProps.Size;
  children: ReactNode;
}

/** The one dialog of the console: fields, what failed, and two buttons. It is there while it is rendered; Enter sends it. */
export function FormDialog({ title, submit, onSubmit, onClose, running = false, fault, disabled = false, size, children }: FormDialogProps) {
  const form = useId();
  const send = () => void (running || disabled || onSubmit());
  return (
    <Modal
      visible
      header={title}
      size={size ?? "medium"}
      closeAriaLabel="Close"
      onDismiss={() => void (running || onClose())}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" disabled={running} onClick={onClose}>Cancel</Button>
            <Button variant="primary" form={form} loading={running} disabled={disabled}>{submit}</Button>
          </SpaceBetween>
        </Box>
      }
    >
      <DialogForm id={form} onSend={send}>
        {children}
        <ErrorBox fault={fault} />
      </DialogForm>
    </Modal>
  );
}

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
