import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import type { Read } from "../../api/queries";
import { FactList } from "../../ui/FactList";
import { Loading } from "../../ui/Loading";
import { PrincipalText } from "../../ui/PrincipalText";
import { groundWords, levelWords, type MyAccess } from "./myAccess";
import { Refused } from "./Refused";

/** What the person may do with the table, which rows they see, and what that rests on. */
export function MyAccessCard({ access }: { access: Read<MyAccess> }) {
  const found = access.value;
  return (
    <Container header={<Header variant="h2">Your access</Header>}>
      {access.loading && <Loading />}
      {access.fault && <Refused fault={access.fault} />}
      {found && (
        <FactList
          items={[
            { label: "In short", value: levelWords(found.Level) },
            { label: "Permissions", value: found.Permissions?.join(", ") || "None" },
            { label: "You may grant", value: found.Grantable?.join(", ") || "Nothing" },
            { label: "Rows", value: rowsOf(found) },
            { label: "Based on", value: <Grounds access={found} /> },
          ]}
        />
      )}
    </Container>
  );
}

function rowsOf({ Level, AllRows, RowFilter }: MyAccess) {
  if (Level === "NONE" || Level === "DESCRIBE" || Level === undefined) return "None";
  if (AllRows) return "All";
  return RowFilter ? <>Those where <span className="mono">{RowFilter}</span></> : "Some; which ones depends on data that you may not see";
}

const Grounds = ({ access }: { access: MyAccess }) =>
  access.Through?.length ? (
    <ul className="plain-list">
      {access.Through.map((grant, at) => <li key={at}>{groundWords(grant)}, as <PrincipalText id={grant.Principal} /></li>)}
    </ul>
  ) : <>Nothing</>;
