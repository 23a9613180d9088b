import { useParams } from "react-router";
import { ErrorBox } from "../../ui/ErrorBox";
import { ItemTable } from "../../ui/ItemTable";
import { PageFrame } from "../../ui/PageFrame";
import { useDatabase, useTables } from "./catalog";

/** One database: what it is, and the tables of it that the person may see. */
export default function DatabasePage() {
  const { database: name = "" } = useParams();
  const database = useDatabase(name);
  const tables = useTables(name);
  return (
    <PageFrame title={name} above={[{ text: "Databases", to: "/" }]} says={database.value?.Description}>
      <ErrorBox fault={database.fault} />
      <ItemTable
        title="Tables"
        empty="There is no table that you may see."
        filter="Find tables"
        rows={tables}
        keyOf={({ Name = "" }) => Name}
        columns={[
          { id: "name", header: "Name", rowHeader: true, value: ({ Name }) => Name, cell: ({ Name }) => Name },
          { id: "columns", header: "Columns", value: (table) => table.StorageDescriptor?.Columns?.length ?? 0, cell: (table) => table.StorageDescriptor?.Columns?.length ?? 0 },
        ]}
      />
    </PageFrame>
  );
}
