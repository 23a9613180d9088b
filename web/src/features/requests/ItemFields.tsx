import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { NamesField } from "../../ui/NamesField";
import { ResourcePicker } from "../catalog/ResourcePicker";
import { useTable } from "../catalog/catalog";
import type { DraftItem, Part } from "./wanted";

interface ItemFieldsProps {
  item: DraftItem;
  onChange: (item: DraftItem) => void;
  /** Its catalog is another account's: names are typed, as nobody lists them here. */
  elsewhere: boolean;
}

/** One thing to ask for: a database, or a table with the columns and rows of it. */
export function ItemFields({ item, onChange, elsewhere }: ItemFieldsProps) {
  const put = (more: Partial<DraftItem>) => onChange({ ...item, ...more });
  return (
    <SpaceBetween size="m">
      <RadioGroup
        ariaLabel="How much"
        direction="horizontal"
        value={item.whole ? "database" : "table"}
        items={[{ value: "table", label: "A table" }, { value: "database", label: "A whole database", description: "With the tables that it gets later" }]}
        onChange={({ detail }) => put({ whole: detail.value === "database" })}
      />
      {elsewhere ? <TypedPlace item={item} put={put} /> : (
        <ResourcePicker
          depth={item.whole ? "database" : "table"}
          value={{ ...(item.database && { database: item.database }), ...(item.table && { table: item.table }) }}
          onChange={({ database = "", table = "" }) => put({ database, table, columns: table === item.table ? item.columns : [] })}
        />
      )}
      {!item.whole && item.table && <PartFields item={item} put={put} elsewhere={elsewhere} />}
    </SpaceBetween>
  );
}

interface FieldsProps {
  item: DraftItem;
  put: (more: Partial<DraftItem>) => void;
}

const TypedPlace = ({ item, put }: FieldsProps) => (
  <ColumnLayout columns={2}>
    <FormField label="Database"><Input value={item.database} onChange={({ detail }) => put({ database: detail.value })} /></FormField>
    {!item.whole && <FormField label="Table"><Input value={item.table} onChange={({ detail }) => put({ table: detail.value })} /></FormField>}
  </ColumnLayout>
);

const parts: { value: Part; label: string }[] = [
  { value: "all", label: "Every column" }, { value: "columns", label: "Only some" }, { value: "except", label: "All but some" },
];

function PartFields({ item, put, elsewhere }: FieldsProps & { elsewhere: boolean }) {
  const table = useTable(item.database, item.table, { when: !elsewhere });
  const keys = (table.value?.PartitionKeys ?? []).map(({ Name = "" }) => Name);
  return (
    <SpaceBetween size="m">
      <FormField label="Columns">
        <RadioGroup direction="horizontal" value={item.part} items={parts} onChange={({ detail }) => put({ part: detail.value as Part })} />
      </FormField>
      {item.part !== "all" && (
        <NamesField
          label={item.part === "columns" ? "Columns that you need" : "Columns that you do not need"}
          names={item.columns}
          known={(table.value?.StorageDescriptor?.Columns ?? []).map(({ Name = "" }) => Name)}
          {...(keys.length > 0 && { says: `Partition keys come with every table: ${keys.join(", ")}.` })}
          onChange={(names) => put({ columns: names })}
        />
      )}
      <FormField label="Rows" description="Which rows you need, as an SQL condition. Empty: all of them." constraintText="For example: country = 'NL' AND day >= date '2026-01-01'">
        <Input value={item.rowFilter} spellcheck={false} onChange={({ detail }) => put({ rowFilter: detail.value })} />
      </FormField>
    </SpaceBetween>
  );
}
