import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import type { ReactNode } from "react";
import { useSession } from "../../signin/useSession";
import { ItemTable, type Rows } from "../../ui/ItemTable";
import { PageLink, pathTo } from "../../ui/PageLink";
import { principalWords } from "../../ui/principals";
import { PrincipalText } from "../../ui/PrincipalText";
import { StateText } from "../../ui/StateText";
import { TimeText } from "../../ui/TimeText";
import { pathOfLineage } from "../lineage/lineage";
import { itemText } from "../requests/requestWords";
import type { Grant } from "./grants";
import { endsSoon, grantWords, healthWords } from "./grantWords";

interface GrantTableProps {
  title: string;
  empty: string;
  rows: Rows<Grant>;
  filter?: string;
  actions?: ReactNode;
  /** Leads to the request of each grant. */
  linked?: boolean;
  /** Of another account's catalog: only there it is known who granted what. */
  catalog?: string;
  selected?: { items: Grant[]; onChange: (items: Grant[]) => void };
}

const what = (grant: Grant) => itemText({
  Database: grant.Database ?? "", Table: grant.Table ?? "",
  ...(grant.Columns && { Columns: grant.Columns }), ...(grant.ExcludedColumns && { ExcludedColumns: grant.ExcludedColumns }),
  ...(grant.RowFilter && { RowFilter: grant.RowFilter }),
});

/** Who has it, and the way to who granted it to them. */
const For = ({ grant: { Principal = "", Database = "", Table = "*" }, traced }: { grant: Grant; traced: boolean }) => (
  <>
    <PrincipalText id={Principal} />
    {traced && <div><PageLink to={pathOfLineage(Principal, Table === "*" ? Database : `${Database}.${Table}`)}>Lineage</PageLink></div>}
  </>
);

const End = ({ grant }: { grant: Grant }) => (
  <>
    <TimeText at={grant.Ended ?? grant.Expires} relative none="Never" /> {endsSoon(grant) && <Badge color="severity-medium">soon</Badge>}
  </>
);

const State = ({ grant }: { grant: Grant }) => (
  <>
    <StateText state={grant.State} words={grantWords} />
    {grant.Health && <div><StateText state={grant.Health} words={healthWords} /></div>}
    {grant.HealthDetail && <Box variant="small"><span className="breakable">{grant.HealthDetail}</span></Box>}
    {grant.EndedBecause && <Box variant="small"><span className="breakable">{grant.EndedBecause}</span></Box>}
  </>
);

/** Grants that requests led to: what, for whom, until when, and whether it still is as it was granted. */
export function GrantTable({ title, empty, rows, filter, actions, linked, catalog, selected }: GrantTableProps) {
  const { account } = useSession();
  const ours = catalog === undefined || catalog === account;
  return (
    <ItemTable<Grant>
      title={title}
      empty={empty}
      rows={rows}
      {...(filter && { filter })}
      {...(selected && { selected })}
      actions={actions}
      keyOf={({ GrantId = "" }) => GrantId}
      nameOf={(grant) => `${what(grant)} for ${principalWords(grant.Principal ?? "").name}`}
      columns={[
        { id: "what", header: "What", rowHeader: true, value: what, cell: (grant) => <span className="breakable">{linked ? <PageLink to={pathTo("requests", account, grant.RequestId ?? "")}>{what(grant)}</PageLink> : what(grant)}</span> },
        { id: "permissions", header: "Permissions", value: ({ Permissions = [] }) => Permissions.join(", "), cell: ({ Permissions = [], PermissionsWithGrantOption = [] }) => `${Permissions.join(", ")}${PermissionsWithGrantOption.length ? ", may be passed on" : ""}` },
        { id: "principal", header: "For", value: ({ Principal }) => Principal, cell: (grant) => <For grant={grant} traced={ours} /> },
        { id: "ends", header: "Ends", value: ({ Ended, Expires }) => Ended ?? Expires, cell: (grant) => <End grant={grant} /> },
        { id: "state", header: "State", value: ({ State: state, Health }) => `${state} ${Health ?? ""}`, cell: (grant) => <State grant={grant} /> },
        { id: "requester", header: "Asked by", value: ({ Requester }) => Requester, cell: ({ Requester }) => <PrincipalText id={Requester} none="Not shown" /> },
      ]}
    />
  );
}
