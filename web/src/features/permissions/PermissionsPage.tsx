import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useSession } from "../../signin/useSession";
import { PageFrame } from "../../ui/PageFrame";
import { PageButton } from "../../ui/PageLink";
import { PrincipalPicker } from "../../ui/PrincipalPicker";
import { PrincipalText } from "../../ui/PrincipalText";
import { ResourcePicker, type Picked } from "../../ui/ResourcePicker";
import { PermissionTable } from "./PermissionTable";
import { usePermissions, type Asked, type Held, type Resource } from "./permissions";
import { RevokeDialog } from "./RevokeDialog";
import { resourceWords } from "./resources";

const kAtOnce = 20; // entries of one batch

const onPicked = ({ database, table }: Picked): Resource | undefined => {
  if (!database) return undefined;
  return table ? { Table: { DatabaseName: database, Name: table } } : { Database: { Name: database } };
};

/** What the address asks for: ?principal=, ?database=, ?table=, ?filter=. So a question can be linked to. */
function askedBy(search: URLSearchParams, account: string): Asked {
  const [principal, database, table, filter] = ["principal", "database", "table", "filter"].map((key) => search.get(key) ?? undefined);
  const resource = database && table && filter
    ? { DataCellsFilter: { TableCatalogId: account, DatabaseName: database, TableName: table, Name: filter } }
    : onPicked({ ...(database && { database }), ...(table && { table }) });
  return { principal, resource };
}

/** Who has what: all grants that one may see, or those of a principal, or those on a place of the catalog. */
export default function PermissionsPage() {
  const [search, setSearch] = useSearchParams();
  const asked = askedBy(search, useSession().account);
  const rows = usePermissions(asked);
  const [chosen, setChosen] = useState<Held[]>([]);
  const [revoking, setRevoking] = useState(false);
  const close = () => { setRevoking(false); setChosen([]); };
  return (
    <PageFrame
      title="Permissions"
      says="Who may do what in the lake. A grant is made, narrowed and taken away here."
      actions={<PageButton variant="primary" to={`/permissions/grant?${search}`}>Grant permissions</PageButton>}
    >
      <Question search={search} onChange={(next) => { setChosen([]); setSearch(next); }} />
      <PermissionTable
        title="Grants"
        description={<Answering asked={asked} />}
        empty="There is no grant that you may see."
        rows={rows}
        selected={{ items: chosen, onChange: setChosen, many: true }}
        actions={
          <Button disabled={chosen.length === 0 || chosen.length > kAtOnce} disabledReason={chosen.length > kAtOnce ? `At most ${kAtOnce} at once.` : "Select grants first."} onClick={() => setRevoking(true)}>
            Revoke
          </Button>
        }
      />
      {revoking && <RevokeDialog held={chosen} onClose={close} />}
    </PageFrame>
  );
}

function Answering({ asked: { principal, resource } }: { asked: Asked }) {
  const { kind, name, part } = resourceWords(resource);
  if (!principal && !resource) return <>Every grant that you may see.</>;
  return (
    <>
      {principal && <>Of <PrincipalText id={principal} /> </>}
      {resource && <>On {kind.toLowerCase()} {name} {part}</>}
      {principal && resource && ": what the grants amount to"}
    </>
  );
}

const ways = [{ id: "all", text: "Everything" }, { id: "principal", text: "By principal" }, { id: "resource", text: "By resource" }];

const wayOf = (search: URLSearchParams) => (search.has("database") ? "resource" : search.has("principal") ? "principal" : "all");

interface QuestionProps {
  search: URLSearchParams;
  onChange: (search: Record<string, string>) => void;
}

function Question({ search, onChange }: QuestionProps) {
  const [way, setWay] = useState(wayOf(search));
  const [database, table] = [search.get("database"), search.get("table")];
  const choose = (next: string) => {
    setWay(next);
    if (next === "all") onChange({});
  };
  return (
    <Container header={<Header variant="h2">Look up</Header>}>
      <SpaceBetween size="m">
        <SegmentedControl label="Look up" selectedId={way} options={ways} onChange={({ detail }) => choose(detail.selectedId)} />
        {way === "principal" && <PrincipalPicker picked={search.get("principal") ?? undefined} onChange={(principal) => onChange(principal ? { principal } : {})} />}
        {way === "resource" && (
          <ResourcePicker
            depth="table"
            value={{ ...(database && { database }), ...(table && { table }) }}
            onChange={(picked) => onChange({ ...(picked.database && { database: picked.database }), ...(picked.table && { table: picked.table }) })}
          />
        )}
      </SpaceBetween>
    </Container>
  );
}
