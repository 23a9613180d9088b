import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { notice } from "../../ui/notices";
import type { Change } from "../../api/queries";
import { DryRunOutcome } from "../dryrun/DryRunOutcome";
import { useDeleteExpression, useDeleteTag, type LFTagExpression, type LFTagPair } from "./tags";

interface DeleteDialogProps {
  what: string;
  name: string;
  loses: string;
  operation: string;
  input: object;
  remove: Change<string, unknown>;
  onClose: () => void;
}

function DeleteDialog({ what, name, loses, operation, input, remove, onClose }: DeleteDialogProps) {
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
      <DryRunOutcome rehearsal={{ service: "lakeformation", operation, input }} nothing="Nobody loses access to data by this." />
    </ConfirmDialog>
  );
}

export const DeleteTagDialog = ({ tag: { TagKey = "" }, onClose }: { tag: LFTagPair; onClose: () => void }) => (
  <DeleteDialog
    what="LF-Tag"
    name={TagKey}
    loses="Its assignments, the grants that name it, and the saved expressions that name it go with it. A tag made again under this name revives nothing."
    operation="DeleteLFTag"
    input={{ TagKey }}
    remove={useDeleteTag()}
    onClose={onClose}
  />
);

export const DeleteExpressionDialog = ({ expression: { Name = "" }, onClose }: { expression: LFTagExpression; onClose: () => void }) => (
  <DeleteDialog
    what="expression"
    name={Name}
    loses="The grants that name it go with it."
    operation="DeleteLFTagExpression"
    input={{ Name }}
    remove={useDeleteExpression()}
    onClose={onClose}
  />
);
