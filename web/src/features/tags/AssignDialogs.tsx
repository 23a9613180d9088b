import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { FormDialog } from "../../ui/FormDialog";
import { listStatus } from "../../ui/listStatus";
import { notice } from "../../ui/notices";
import { DryRunOutcome } from "../dryrun/DryRunOutcome";
import { resourceWords } from "../permissions/resources";
import { useAssignTag, useTags, useTakeTag, type LFTagPair, type Resource } from "./tags";

const named = (value: string) => ({ value, label: value });

/** Names of the catalog that a tag belongs to, where it is another account's. */
const pairOf = ({ CatalogId }: LFTagPair, TagKey: string, value: string): LFTagPair => ({ ...(CatalogId && { CatalogId }), TagKey, TagValues: [value] });

interface AssignDialogProps {
  resource: Resource;
  onClose: () => void;
}

/** Puts an LF-Tag on a resource; a value that stands there under the same key is replaced. */
export function AssignDialog({ resource, onClose }: AssignDialogProps) {
  const tags = useTags();
  const [key, setKey] = useState<string>();
  const [value, setValue] = useState<string>();
  const assign = useAssignTag();
  const tag = tags.items.find(({ TagKey }) => TagKey === key);
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
      <FormField label="Key" errorText={tags.fault?.message ?? ""}>
        <Select
          selectedOption={key ? named(key) : null}
          options={tags.items.map(({ TagKey = "" }) => named(TagKey))}
          placeholder="Choose a key"
          filteringType="auto"
          filteringAriaLabel="Find a key"
          empty="There is no LF-Tag that you may see."
          {...listStatus(tags)}
          onChange={({ detail }) => { setKey(detail.selectedOption.value); setValue(undefined); }}
        />
      </FormField>
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

interface TakeDialogProps extends AssignDialogProps {
  tag: LFTagPair;
}

/** Takes an LF-Tag off a resource. */
export function TakeDialog({ resource, tag, onClose }: TakeDialogProps) {
  const take = useTakeTag();
  const { TagKey = "", TagValues: [value = ""] = [] } = tag;
  const confirm = async () => {
    if (await take.run({ resource, tag })) { notice(`${TagKey} = ${value} was taken away.`); onClose(); }
  };
  return (
    <ConfirmDialog
      title={`Take ${TagKey} = ${value} away?`}
      confirm="Take away"
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
