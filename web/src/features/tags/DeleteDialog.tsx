import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { notice } from "../../ui/notices";
import { DryRunOutcome } from "../dryrun/DryRunOutcome";
import { deletions, useDelete, type Deletable } from "./tags";

const words: Record<Deletable, { what: string; loses: string }> = {
  tag: {
    what: "LF-Tag",
    loses: "Its assignments, the grants that name it, and the saved expressions that name it go with it. A tag made again under this name revives nothing.",
  },
  expression: { what: "expression", loses: "The grants that name it go with it." },
};

interface DeleteDialogProps {
  kind: Deletable;
  name: string;
  onClose: () => void;
}

/** Deletes an LF-Tag or a saved expression, and says first who loses what by it. */
export function DeleteDialog({ kind, name, onClose }: DeleteDialogProps) {
  const { what, loses } = words[kind];
  const { operation, inputOf } = deletions[kind];
  const remove = useDelete(kind);
  const confirm = async () => {
    if (await remove.run(name)) { notice(`The ${what} ${name} was deleted.`); onClose(); }
  };
  return (
    <ConfirmDialog
      title={`Delete the ${what} ${name}?`}
      confirm="Delete"
      loses={loses}
      typed={name}
      onConfirm={confirm}
      onClose={onClose}
      running={remove.running}
      fault={remove.fault}
    >
      <DryRunOutcome rehearsal={{ service: "lakeformation", operation, input: inputOf(name) }} nothing="Nobody loses access to data by this." />
    </ConfirmDialog>
  );
}
