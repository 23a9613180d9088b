import { ItemTable } from "../../ui/ItemTable";
import { PageFrame } from "../../ui/PageFrame";
import { PageLink, pathTo } from "../../ui/PageLink";
import { useDatabases } from "./catalog";

/** The databases that the person may see. */
export default function DatabasesPage() {
  const databases = useDatabases();
  return (
    <PageFrame title="Databases" says="What you may see. Open one to look at its tables and to ask for access.">
      <ItemTable
        title="Databases"
        empty="There is no database that you may see."
        filter="Find databases"
        rows={databases}
        keyOf={(database) => `${database.CatalogId}/${database.Name}`}
        columns={[
          { id: "name", header: "Name", rowHeader: true, value: ({ Name }) => Name, cell: ({ Name = "" }) => <PageLink to={pathTo("databases", Name)}>{Name}</PageLink> },
          { id: "description", header: "Description", value: ({ Description }) => Description, cell: ({ Description }) => Description ?? "" },
          { id: "location", header: "Location", value: ({ LocationUri }) => LocationUri, cell: ({ LocationUri }) => LocationUri ?? "" },
        ]}
      />
    </PageFrame>
  );
}
