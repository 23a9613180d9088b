import Alert from "@cloudscape-design/components/alert";
import { useState, type ReactNode } from "react";
import type { Fault } from "../api/errors";
import { FormDialog } from "./FormDialog";
import { TypedName } from "./TypedName";

interface ConfirmDialogProps {
  /** A question: "Delete the filter eu_only?" */
  title: string;
  /** What the button says: the verb of the question. */
  confirm: string;
  /** What is lost, and who loses it. */
  loses: ReactNode;
  /** For what cannot be undone: the name that must be typed first. */
  typed?: string;
  onConfirm: () => unknown;
  onClose: () => void;
  running?: boolean;
  fault?: Fault | undefined;
  children?: ReactNode;
}

/** Asks before something is taken away, and says what goes with it. */
export function ConfirmDialog({ title, confirm, loses, typed, onConfirm, onClose, running, fault, children }: ConfirmDialogProps) {
  const [text, setText] = useState("");
  return (
    <FormDialog
      title={title}
      submit={confirm}
      onSubmit={onConfirm}
      onClose={onClose}
      running={running ?? false}
      fault={fault}
      disabled={typed !== undefined && text !== typed}
    >
      <Alert type="warning">{loses}</Alert>
      {children}
      {typed !== undefined && <TypedName name={typed} typed={text} onChange={setText} />}
    </FormDialog>
  );
}
