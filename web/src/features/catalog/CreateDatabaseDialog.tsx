import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog";
import { notice } from "../../ui/notices";
import { useCreateDatabase } from "./creating";
import { kOwnerId, kOwnerName, withPersonal, type Personal } from "./described";
import { PersonalField } from "./DescribeDialog";

const empty = { name: "", description: "", location: "", ownerName: "", ownerId: "" };

/** Makes a database: a name, and what people want to know of it. */
export function CreateDatabaseDialog({ onClose }: { onClose: () => void }) {
  const change = useCreateDatabase();
  const [draft, setDraft] = useState(empty);
  const [personal, setPersonal] = useState<Personal>("unknown");
  const field = (key: keyof typeof empty) => ({
    value: draft[key],
    onChange: ({ detail }: { detail: { value: string } }) => setDraft({ ...draft, [key]: detail.value }),
  });
  const create = async () => {
    const owner = { ...(draft.ownerName && { [kOwnerName]: draft.ownerName }), ...(draft.ownerId && { [kOwnerId]: draft.ownerId }) };
    const made = await change.run({
      Name: draft.name.trim(),
      ...(draft.description && { Description: draft.description }),
      ...(draft.location && { LocationUri: draft.location.trim() }),
      Parameters: withPersonal(owner, personal),
    });
    if (!made) return;
    notice(`The database ${draft.name.trim()} is there.`);
    onClose();
  };
  return (
    <FormDialog title="Create a database" submit="Create" onSubmit={create} onClose={onClose} running={change.running} fault={change.fault}
      disabled={!draft.name.trim()} size="large">
      <ColumnLayout columns={2}>
        <FormField label="Name" description="Lower-case letters, digits and underscores work in every engine.">
          <Input {...field("name")} spellcheck={false} />
        </FormField>
        <FormField label="Location" description="Tables are stored below it. It should be a registered location.">
          <Input {...field("location")} placeholder="s3://bucket/folder/" spellcheck={false} />
        </FormField>
      </ColumnLayout>
      <FormField label="Description"><Textarea {...field("description")} rows={2} /></FormField>
      <ColumnLayout columns={2}>
        <FormField label="Owner" description="Who is responsible for the data"><Input {...field("ownerName")} /></FormField>
        <FormField label="Owner's account" description="Twelve digits"><Input {...field("ownerId")} inputMode="numeric" /></FormField>
      </ColumnLayout>
      <PersonalField value={personal} onChange={setPersonal} />
    </FormDialog>
  );
}
