import { useState } from "react";
import { useSession } from "../../signin/useSession";
import { FormDialog } from "../../ui/FormDialog";
import { notice } from "../../ui/notices";
import { draftOf, filterOf } from "./draft";
import { FilterFields } from "./FilterFields";
import { useSaveFilter, type DataCellsFilter } from "./filters";

interface FilterDialogProps {
  /** The filter to change; or where a new one goes, as far as that is known. */
  of: Partial<DataCellsFilter>;
  onClose: () => void;
  /** Called with the name of what was saved. */
  onSaved?: (name: string) => void;
}

/** Makes a data filter, or changes one. */
export function FilterDialog({ of, onClose, onSaved }: FilterDialogProps) {
  const isNew = of.Name === undefined;
  const { account } = useSession();
  const [draft, setDraft] = useState(() => draftOf(of));
  const save = useSaveFilter(isNew);
  const filter = filterOf(draft, account);
  const submit = async () => {
    if (filter && (await save.run(filter))) {
      notice(`The data filter ${filter.Name} was saved.`);
      onSaved?.(filter.Name ?? "");
      onClose();
    }
  };
  return (
    <FormDialog
      title={isNew ? "New data filter" : `Change the data filter ${of.Name}`}
      submit="Save"
      size="large"
      onSubmit={submit}
      onClose={onClose}
      running={save.running}
      fault={save.fault}
      disabled={!filter}
    >
      <FilterFields draft={draft} onChange={setDraft} isNew={isNew} fixed={of.TableName !== undefined} />
    </FormDialog>
  );
}
