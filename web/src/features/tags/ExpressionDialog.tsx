import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog";
import { notice } from "../../ui/notices";
import { DryRunOutcome } from "../dryrun/DryRunOutcome";
import { ExpressionEditor } from "./ExpressionEditor";
import { isWhole, termsOf, useSaveExpression, type LFTagExpression } from "./tags";
import { TaggedNow } from "./TaggedNow";

/** Saves an expression of LF-Tags under a name. Changing one changes every grant on it, and says so first. */
export function ExpressionDialog({ of, onClose }: { of?: LFTagExpression; onClose: () => void }) {
  const [name, setName] = useState(of?.Name ?? "");
  const [description, setDescription] = useState(of?.Description ?? "");
  const [terms, setTerms] = useState(of ? termsOf(of) : []);
  const save = useSaveExpression(of === undefined);
  const expression = { Name: name.trim(), ...(description && { Description: description }), Expression: terms };
  const ready = Boolean(name.trim()) && isWhole(terms);
  const submit = async () => {
    if (await save.run(expression)) { notice(`The expression ${name} was saved.`); onClose(); }
  };
  return (
    <FormDialog
      title={of ? `Change the expression ${of.Name}` : "New expression"}
      submit="Save"
      size="large"
      onSubmit={submit}
      onClose={onClose}
      running={save.running}
      fault={save.fault}
      disabled={!ready}
    >
      <FormField label="Name">
        <Input value={name} disabled={of !== undefined} spellcheck={false} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      <FormField label="Description">
        <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
      </FormField>
      <ExpressionEditor terms={terms} onChange={setTerms} />
      <TaggedNow terms={terms} of="tables" />
      {of && ready && <DryRunOutcome rehearsal={{ service: "lakeformation", operation: "UpdateLFTagExpression", input: expression }} />}
    </FormDialog>
  );
}
