import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useSession } from "../../signin/useSession";
import { ItemTable } from "../../ui/ItemTable";
import { late } from "../../ui/late";
import { PageFrame } from "../../ui/PageFrame";
import { PageLink } from "../../ui/PageLink";
import { databasePath, useDatabases } from "./catalog";
import { CreateDatabaseDialog } from "./CreateDatabaseDialog";
import { lender, linkTarget, ownerOf, personalOf } from "./described";
import { OriginMarks, PersonalMark } from "./marks";

// Loaded by those whose lake is empty only: it asks three more services.
const EmptyLake = late(() => import("../start/EmptyLake"));

/** The databases that the person may see, their own account's and those shared with it; to who administers an empty lake, how it begins. */
export default function DatabasesPage() {
  const { account } = useSession();
  const databases = useDatabases({ shared: true });
  const [creating, setCreating] = useState(false);
  const empty = !databases.loading && !databases.fault && databases.items.length === 0;
  const list = (
    <ItemTable
      title="Databases"
      empty="There is no database that you may see."
      filter="Find databases"
      rows={databases}
      keyOf={(database) => `${database.CatalogId}/${database.Name}`}
      actions={<Button onClick={() => setCreating(true)}>Create database</Button>}
      columns={[
        {
          id: "name", header: "Name", rowHeader: true, value: ({ Name }) => Name,
          cell: (database) => (
            <>
              <PageLink to={databasePath(database.Name ?? "", lender(database, account))}>{database.Name}</PageLink>{" "}
              <OriginMarks lender={lender(database, account)} target={linkTarget(database)} />
            </>
          ),
        },
        { id: "description", header: "Description", value: ({ Description }) => Description, cell: ({ Description }) => Description ?? "" },
        { id: "owner", header: "Owner", value: ({ Parameters }) => ownerOf(Parameters), cell: ({ Parameters }) => ownerOf(Parameters) || "–" },
        {
          id: "personal", header: "Personal data", value: ({ Parameters }) => personalOf(Parameters),
          cell: ({ Parameters }) => <PersonalMark personal={personalOf(Parameters)} />,
        },
        { id: "location", header: "Location", value: ({ LocationUri }) => LocationUri, cell: ({ LocationUri }) => <span className="mono">{LocationUri ?? "–"}</span> },
      ]}
    />
  );
  return (
    <PageFrame title="Databases" says="Databases that you may see. Open one to see its tables and to request access.">
      {empty ? <EmptyLake>{list}</EmptyLake> : list}
      {creating && <CreateDatabaseDialog onClose={() => setCreating(false)} />}
    </PageFrame>
  );
}
