import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog";
import { notice } from "../../ui/notices";
import { placeBelow, useCreateTable, writings } from "./creating";

interface DraftColumn {
  name: string;
  type: string;
  comment: string;
}

interface CreateTableDialogProps {
  database: string;
  /** Of another account; else one's own. */
  catalog: string | undefined;
  /** Where the database lies: what is proposed for the table. */
  below: string | undefined;
  onClose: () => void;
}

const formatNames: Record<string, string> = { parquet: "Parquet", csv: "CSV", json: "JSON, one object per line" };
const formats = Object.keys(writings).map((value) => ({ value, label: formatNames[value] ?? value }));
const named = (columns: DraftColumn[]) =>
  columns.filter(({ name }) => name.trim()).map(({ name, type, comment }) => ({ Name: name.trim(), Type: type.trim() || "string", ...(comment && { Comment: comment }) }));

/** Describes files that are there, or will be, as a table. */
export function CreateTableDialog({ database, catalog, below, onClose }: CreateTableDialogProps) {
  const change = useCreateTable(database, catalog);
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [location, setLocation] = useState<string>();
  const [format, setFormat] = useState("parquet");
  const [columns, setColumns] = useState<DraftColumn[]>([{ name: "", type: "string", comment: "" }]);
  const [keys, setKeys] = useState<DraftColumn[]>([]);
  const place = location ?? placeBelow(below, name.trim());

  const create = async () => {
    const made = await change.run({
      name: name.trim(), description, location: place.trim(), format, columns: named(columns), partitionKeys: named(keys),
    });
    if (!made) return;
    notice(`The table ${database}.${name.trim()} is there.`);
    onClose();
  };
  return (
    <FormDialog title={`Create a table in ${database}`} submit="Create" onSubmit={create} onClose={onClose} running={change.running}
      fault={change.fault} disabled={!name.trim() || !place.trim() || named(columns).length === 0} size="large">
      <ColumnLayout columns={2}>
        <FormField label="Name"><Input value={name} spellcheck={false} onChange={({ detail }) => setName(detail.value)} /></FormField>
        <FormField label="Format">
          <Select options={formats} selectedOption={formats.find(({ value }) => value === format) ?? null}
            onChange={({ detail }) => setFormat(detail.selectedOption.value ?? "parquet")} />
        </FormField>
      </ColumnLayout>
      <FormField label="Location" description="Where its files are. Engines read all files below it.">
        <Input value={place} placeholder="s3://bucket/folder/" spellcheck={false} onChange={({ detail }) => setLocation(detail.value)} />
      </FormField>
      <FormField label="Description"><Input value={description} onChange={({ detail }) => setDescription(detail.value)} /></FormField>
      <ColumnsField label="Columns" one="column" value={columns} onChange={setColumns} />
      <ColumnsField label="Partition keys" one="partition key" value={keys} onChange={setKeys} />
    </FormDialog>
  );
}

interface ColumnsFieldProps {
  label: string;
  one: string;
  value: DraftColumn[];
  onChange: (columns: DraftColumn[]) => void;
}

/** Columns as they are typed: name, type, comment. */
function ColumnsField({ label, one, value, onChange }: ColumnsFieldProps) {
  const part = (key: keyof DraftColumn, heading: string) => ({
    label: heading,
    control: (column: DraftColumn, index: number) => (
      <Input value={column[key]} spellcheck={false} ariaLabel={`${heading} of ${one} ${index + 1}`}
        onChange={({ detail }) => onChange(value.map((other, at) => (at === index ? { ...other, [key]: detail.value } : other)))} />
    ),
  });
  return (
    <FormField label={label} stretch>
      <AttributeEditor
        items={value}
        empty="There are none."
        addButtonText={`Add a ${one}`}
        removeButtonText="Remove"
        removeButtonAriaLabel={({ name }) => `Remove ${name || `a ${one}`}`}
        onAddButtonClick={() => onChange([...value, { name: "", type: "string", comment: "" }])}
        onRemoveButtonClick={({ detail }) => onChange(value.filter((_, index) => index !== detail.itemIndex))}
        definition={[part("name", "Name"), part("type", "Type"), part("comment", "Comment")]}
      />
    </FormField>
  );
}
