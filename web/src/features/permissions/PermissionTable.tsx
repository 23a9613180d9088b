import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import type { PagedRead } from "../../api/queries";
import { ItemTable, type Column } from "../../ui/ItemTable";
import { PageLink, pathTo } from "../../ui/PageLink";
import { PrincipalText } from "../../ui/PrincipalText";
import { principalWords } from "../../ui/principals";
import { TimeText } from "../../ui/TimeText";
import { pathOfLineage } from "../lineage/lineage";
import type { Held } from "./permissions";
import { ResourceText } from "./ResourceText";
import { placeOf, resourceWords } from "./resources";

const wordsOf = ({ Resource }: Held): string => Object.values(resourceWords(Resource)).join(" ");
const whoOf = ({ Principal }: Held): string => Principal?.DataLakePrincipalIdentifier ?? "";

const catalogOf = ({ Resource = {} }: Held): string =>
  Object.values(Resource).map((one: { CatalogId?: string } | undefined) => one?.CatalogId ?? "").join("");

/** A grant has no id: it is whom, what of what in which catalog, when, and through which share. What of a table is listed twice differs in what. */
export const keyOfHeld = (held: Held): string => {
  const { kind, name, part } = resourceWords(held.Resource);
  const parts = [whoOf(held), held.Permissions?.join(), held.PermissionsWithGrantOption?.join(), "on", kind, name, part, catalogOf(held), held.Condition?.Expression, held.AdditionalDetails?.ResourceShare?.join(" ")];
  return parts.filter(Boolean).join(" ");
};

function ResourceCell({ held: { Resource, Condition, AdditionalDetails } }: { held: Held }) {
  const share = AdditionalDetails?.ResourceShare?.[0];
  return (
    <ResourceText resource={Resource} condition={Condition?.Expression}>
      {share && <div><PageLink to={pathTo("shares", share)}>Through a share</PageLink></div>}
    </ResourceText>
  );
}

function PermissionsCell({ Permissions = [], PermissionsWithGrantOption = [] }: Held) {
  const grantable = new Set<string>(PermissionsWithGrantOption);
  return (
    <SpaceBetween direction="horizontal" size="xxs">
      {[...new Set([...Permissions, ...PermissionsWithGrantOption])].map((permission) => (
        <Badge key={permission} color={grantable.has(permission) ? "blue" : "grey"}>
          {permission}{grantable.has(permission) && " (may pass on)"}
        </Badge>
      ))}
    </SpaceBetween>
  );
}

/** When and by whom it was last changed; who granted that to them, is on a page of its own. */
function Origin({ held }: { held: Held }) {
  const { LastUpdated, LastUpdatedBy } = held;
  const resource = placeOf(held.Resource);
  return (
    <>
      <TimeText at={LastUpdated} />
      {LastUpdatedBy && <Box variant="small" color="text-body-secondary" display="block">by {principalWords(LastUpdatedBy).name}</Box>}
      {resource && <div><PageLink to={pathOfLineage(whoOf(held), resource)}>Lineage</PageLink></div>}
    </>
  );
}

const columns: Column<Held>[] = [
  {
    id: "who", header: "Who", rowHeader: true,
    value: (held) => `${principalWords(whoOf(held)).name} ${whoOf(held)}`, cell: (held) => <PrincipalText id={whoOf(held)} />,
  },
  { id: "on", header: "On", value: wordsOf, cell: (held) => <ResourceCell held={held} /> },
  { id: "may", header: "May", value: ({ Permissions = [] }) => Permissions.join(" "), cell: PermissionsCell },
  {
    id: "since", header: "Changed", value: ({ LastUpdated }) => LastUpdated?.getTime(),
    cell: (held) => <Origin held={held} />,
  },
];

interface PermissionTableProps {
  title: string;
  description?: ReactNode;
  empty: string;
  rows: PagedRead<Held>;
  actions?: ReactNode;
  selected?: { items: Held[]; onChange: (items: Held[]) => void; many?: boolean };
}

/** Grants: who may do what on what. */
export const PermissionTable = ({ title, description, empty, rows, actions, selected }: PermissionTableProps) => (
  <ItemTable
    title={title}
    description={description}
    empty={empty}
    filter="Find grants"
    columns={columns}
    keyOf={keyOfHeld}
    rows={rows}
    actions={actions}
    {...(selected && { selected })}
  />
);
