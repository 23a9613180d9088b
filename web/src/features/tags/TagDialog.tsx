import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog";
import { notice } from "../../ui/notices";
import { DryRunOutcome } from "../dryrun/DryRunOutcome";
import { sentChange, useCreateTag, useUpdateTag, valuesChange, type LFTagPair } from "./tags";

/** One value a line; each once. */
const valuesIn = (text: string): string[] => [...new Set(text.split("\n").map((line) => line.trim()).filter(Boolean))];

/** Makes an LF-Tag, or changes the values of one. Taking a value away takes grants on it along, and says so first. */
export function TagDialog({ of, onClose }: { of?: LFTagPair; onClose: () => void }) {
  const [key, setKey] = useState(of?.TagKey ?? "");
  const [text, setText] = useState((of?.TagValues ?? []).join("\n"));
  const [create, update] = [useCreateTag(), useUpdateTag()];
  const values = valuesIn(text);
  const change = valuesChange(key, of?.TagValues ?? [], values);
  const changes = change.TagValuesToAdd.length + change.TagValuesToDelete.length > 0;
  const submit = async () => {
    if (await (of ? update.run(change) : create.run({ TagKey: key.trim(), TagValues: values }))) {
      notice(`The LF-Tag ${key} was saved.`);
      onClose();
    }
  };
  return (
    <FormDialog
      title={of ? `Change the values of ${key}` : "New LF-Tag"}
      submit="Save"
      onSubmit={submit}
      onClose={onClose}
      running={create.running || update.running}
      fault={create.fault ?? update.fault}
      disabled={!key.trim() || values.length === 0 || !changes}
    >
      <FormField label="Key">
        <Input value={key} disabled={of !== undefined} spellcheck={false} onChange={({ detail }) => setKey(detail.value)} />
      </FormField>
      <FormField label="Values" constraintText="One per line.">
        <Textarea value={text} rows={6} spellcheck={false} onChange={({ detail }) => setText(detail.value)} />
      </FormField>
      {of && change.TagValuesToDelete.length > 0 && (
        <DryRunOutcome rehearsal={{ service: "lakeformation", operation: "UpdateLFTag", input: sentChange(change) }} />
      )}
    </FormDialog>
  );
}
