import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import type { Change } from "../../api/queries";
import { FormDialog } from "../../ui/FormDialog";
import { kOwnerId, kOwnerName, kPersonal, personalOf, withPersonal, type Described, type Personal } from "./described";
import type { Rewording } from "./describing";

interface DescribeDialogProps {
  title: string;
  was: Described;
  /** Columns have none of their own. */
  withOwner: boolean;
  change: Change<Rewording, unknown>;
  onClose: () => void;
}

type Pair = [key: string, value: string];

const apart = ({ [kOwnerId]: id, [kOwnerName]: name, [kPersonal]: _, ...others }: Record<string, string>) =>
  ({ id: id ?? "", name: name ?? "", others: Object.entries(others) as Pair[] });

const said = (key: string, value: string) => (value.trim() ? { [key]: value.trim() } : {});

/** The words about a database, a table or a column: what it is, who answers for it, whether it tells of people, and more. */
export function DescribeDialog({ title, was, withOwner, change, onClose }: DescribeDialogProps) {
  const before = apart(was.parameters);
  const [description, setDescription] = useState(was.description);
  const [owner, setOwner] = useState(before);
  const [personal, setPersonal] = useState(personalOf(was.parameters));
  const [others, setOthers] = useState(before.others);

  const now = (): Described => ({
    description,
    parameters: withPersonal({ ...Object.fromEntries(others.filter(([key]) => key)), ...said(kOwnerId, owner.id), ...said(kOwnerName, owner.name) }, personal),
  });
  const save = async () => {
    if (await change.run({ was, now: now() })) onClose();
  };
  return (
    <FormDialog title={title} submit="Save" onSubmit={save} onClose={onClose} running={change.running} fault={change.fault} size="large">
      <FormField label={withOwner ? "Description" : "Comment"}>
        <Textarea value={description} rows={2} onChange={({ detail }) => setDescription(detail.value)} />
      </FormField>
      {withOwner && (
        <ColumnLayout columns={2}>
          <FormField label="Owner" description="Who is responsible for the data">
            <Input value={owner.name} onChange={({ detail }) => setOwner({ ...owner, name: detail.value })} />
          </FormField>
          <FormField label="Owner's account" description="Twelve digits">
            <Input value={owner.id} inputMode="numeric" onChange={({ detail }) => setOwner({ ...owner, id: detail.value })} />
          </FormField>
        </ColumnLayout>
      )}
      <PersonalField value={personal} onChange={setPersonal} />
      <ParametersField value={others} onChange={setOthers} />
    </FormDialog>
  );
}

export const PersonalField = ({ value, onChange }: { value: Personal; onChange: (personal: Personal) => void }) => (
  <FormField label="Personal data" description="Approval policies ask for this.">
    <SegmentedControl
      label="Personal data"
      selectedId={value}
      options={[{ id: "yes", text: "Yes" }, { id: "no", text: "No" }, { id: "unknown", text: "Not said" }]}
      onChange={({ detail }) => onChange(detail.selectedId as Personal)}
    />
  </FormField>
);

const ParametersField = ({ value, onChange }: { value: Pair[]; onChange: (pairs: Pair[]) => void }) => (
  <FormField label="Other parameters" stretch>
    <AttributeEditor
      items={value}
      empty="There are none."
      addButtonText="Add a parameter"
      removeButtonText="Remove"
      removeButtonAriaLabel={([key]) => `Remove ${key || "the parameter without a name"}`}
      onAddButtonClick={() => onChange([...value, ["", ""]])}
      onRemoveButtonClick={({ detail }) => onChange(value.filter((_, index) => index !== detail.itemIndex))}
      definition={[0, 1].map((part) => ({
        label: part === 0 ? "Name" : "Value",
        control: (pair: Pair, index: number) => (
          <Input
            value={pair[part] ?? ""}
            ariaLabel={part === 0 ? "Name of a parameter" : `Value of ${pair[0] || "the parameter"}`}
            onChange={({ detail }) => onChange(value.map((other, at) => (at === index ? (other.with(part, detail.value) as Pair) : other)))}
          />
        ),
      }))}
    />
  </FormField>
);
