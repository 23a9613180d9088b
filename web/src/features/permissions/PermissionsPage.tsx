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
import { ResourcePicker } from "../catalog/ResourcePicker";
import { useSettled } from "../../ui/settled";
import { PermissionTable } from "./PermissionTable";
import { usePermissions, type Asked, type Held } from "./permissions";
import { askedBy, wayOf, ways, wordsOf, type Way } from "./question";
import { RevokeDialog } from "./RevokeDialog";
import { resourceWords } from "./resources";

const kAtOnce = 20; // entries of one batch

/** Who has what: all grants that one may see, or those of a principal, or those on a place of the catalog. */
export default function PermissionsPage() {
  const [search, setSearch] = useSearchParams();
  const asked = useSettled(askedBy(search, useSession().account));
  return (
    <PageFrame
      title="Permissions"
      says="Who may do what in the lake. Make grants here, and revoke them."
      actions={<PageButton variant="primary" to={`/permissions/grant?${search}`}>Grant permissions</PageButton>}
    >
      <Question search={search} onChange={(next) => setSearch(next, { replace: true })} />
      <Grants key={JSON.stringify(asked)} asked={asked} />
    </PageFrame>
  );
}

/** The grants that one question finds, and taking them away. */
function Grants({ asked }: { asked: Asked }) {
  const rows = usePermissions(asked);
  const [chosen, setChosen] = useState<Held[]>([]);
  const [revoking, setRevoking] = useState(false);
  const close = () => { setRevoking(false); setChosen([]); };
  const tooMany = chosen.length > kAtOnce;
  return (
    <>
      <PermissionTable
        title="Grants"
        description={<Answering asked={asked} />}
        empty="There is no grant that you may see."
        rows={rows}
        selected={{ items: chosen, onChange: setChosen, many: true }}
        actions={
          <Button disabled={chosen.length === 0 || tooMany} disabledReason={tooMany ? `Select at most ${kAtOnce} grants.` : "Select grants first."} onClick={() => setRevoking(true)}>
            Revoke
          </Button>
        }
      />
      {revoking && <RevokeDialog held={chosen} onClose={close} />}
    </>
  );
}

function Answering({ asked: { principal, resource } }: { asked: Asked }) {
  const { kind, name, part } = resourceWords(resource);
  if (!principal && !resource) return <>Every grant that you may see.</>;
  return (
    <>
      {principal && <>Of <PrincipalText id={principal} /> </>}
      {resource && <>On {kind.toLowerCase()} {name} {part}</>}
      {principal && resource && ": the resulting permissions"}
    </>
  );
}

interface QuestionProps {
  search: URLSearchParams;
  onChange: (search: Record<string, string>) => void;
}

function Question({ search, onChange }: QuestionProps) {
  const [principal, database, table] = ["principal", "database", "table"].map((key) => search.get(key) ?? undefined);
  const way = wayOf(search);
  return (
    <Container header={<Header variant="h2">Look up</Header>}>
      <SpaceBetween size="m">
        <SegmentedControl label="Look up" selectedId={way} options={ways} onChange={({ detail }) => onChange(wordsOf(detail.selectedId as Way))} />
        {way === "principal" && <PrincipalPicker picked={principal} onChange={(next) => onChange(wordsOf(way, { principal: next }))} />}
        {way === "resource" && (
          <ResourcePicker
            depth="table"
            value={{ ...(database && { database }), ...(table && { table }) }}
            onChange={(picked) => onChange(wordsOf(way, { database: picked.database, table: picked.table }))}
          />
        )}
      </SpaceBetween>
    </Container>
  );
}
