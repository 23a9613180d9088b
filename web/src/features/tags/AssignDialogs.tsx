import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { useSession } from "../../signin/useSession";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { FormDialog } from "../../ui/FormDialog";
import { listStatus } from "../../ui/listStatus";
import { notice } from "../../ui/notices";
import { DryRunOutcome } from "../dryrun/DryRunOutcome";
import { resourceWords } from "../permissions/resources";
import { idOf, isForeign, useAssignTag, useTags, useTakeTag, type LFTagPair, type Resource } from "./tags";

const named = (value: string) => ({ value, label: value });

/** Names of the catalog that a tag belongs to, where it is another account's. */
const pairOf = ({ CatalogId }: LFTagPair, TagKey: string, value: string): LFTagPair => ({ ...(CatalogId && { CatalogId }), TagKey, TagValues: [value] });

interface AssignDialogProps {
  resource: Resource;
  onClose: () => void;
}

/** Puts an LF-Tag on a resource; a value that stands there under the same key is replaced. */
export function AssignDialog({ resource, onClose }: AssignDialogProps) {
  const [tag, setTag] = useState<LFTagPair>();
  const [value, setValue] = useState<string>();
  const assign = useAssignTag();
  const key = tag?.TagKey;
  const chosen = tag && key && value ? pairOf(tag, key, value) : undefined;
  const { name, part } = resourceWords(resource);
  const submit = async () => {
    if (chosen && (await assign.run({ resource, tag: chosen }))) { notice(`${key} = ${value} was assigned.`); onClose(); }
  };
  return (
    <FormDialog
      title={`Assign an LF-Tag to ${name}${part ? ` (${part})` : ""}`}
      submit="Assign"
      onSubmit={submit}
      onClose={onClose}
      running={assign.running}
      fault={assign.fault}
      disabled={!chosen}
    >
      <KeySelect tag={tag} onChange={(next) => { setTag(next); setValue(undefined); }} />
      <FormField label="Value">
        <Select
          selectedOption={value ? named(value) : null}
          options={(tag?.TagValues ?? []).map(named)}
          placeholder="Choose a value"
          disabled={!tag}
          filteringType="auto"
          filteringAriaLabel="Find a value"
          onChange={({ detail }) => setValue(detail.selectedOption.value)}
        />
      </FormField>
      <DryRunOutcome
        rehearsal={chosen && { service: "lakeformation", operation: "AddLFTagsToResource", input: { Resource: resource, LFTags: [chosen] } }}
        waiting="Choose a key and a value to see who gains and loses what."
      />
    </FormDialog>
  );
}

interface KeySelectProps {
  tag: LFTagPair | undefined;
  onChange: (tag: LFTagPair | undefined) => void;
}

/** The keys that one may see. Two accounts may call theirs the same: of another account's it is said whose it is. */
function KeySelect({ tag, onChange }: KeySelectProps) {
  const { account } = useSession();
  const tags = useTags();
  const optionOf = (each: LFTagPair) => ({
    value: idOf(each), label: each.TagKey ?? "", ...(isForeign(each, account) && { description: `From account ${each.CatalogId}` }),
  });
  return (
    <FormField label="Key" errorText={tags.fault?.message ?? ""}>
      <Select
        selectedOption={tag ? optionOf(tag) : null}
        options={tags.items.map(optionOf)}
        placeholder="Choose a key"
        filteringType="auto"
        filteringAriaLabel="Find a key"
        empty="There is no LF-Tag that you may see."
        {...listStatus(tags)}
        onChange={({ detail }) => onChange(tags.items.find((each) => idOf(each) === detail.selectedOption.value))}
      />
    </FormField>
  );
}

interface TakeDialogProps extends AssignDialogProps {
  tag: LFTagPair;
}

/** Takes an LF-Tag off a resource. */
export function TakeDialog({ resource, tag, onClose }: TakeDialogProps) {
  const take = useTakeTag();
  const { TagKey = "", TagValues: [value = ""] = [] } = tag;
  const confirm = async () => {
    if (await take.run({ resource, tag })) { notice(`${TagKey} = ${value} was removed.`); onClose(); }
  };
  return (
    <ConfirmDialog
      title={`Remove ${TagKey} = ${value}?`}
      confirm="Remove"
      loses="Grants by LF-Tags that it matches no longer reach this resource."
      onConfirm={confirm}
      onClose={onClose}
      running={take.running}
      fault={take.fault}
    >
      <DryRunOutcome rehearsal={{ service: "lakeformation", operation: "RemoveLFTagsFromResource", input: { Resource: resource, LFTags: [tag] } }} />
    </ConfirmDialog>
  );
}
