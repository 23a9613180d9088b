import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import { useParams } from "react-router";
import { useSession } from "../../signin/useSession";
import { ErrorBox } from "../../ui/ErrorBox";
import { FactList } from "../../ui/FactList";
import { ItemTable, type Column } from "../../ui/ItemTable";
import { PageFrame } from "../../ui/PageFrame";
import { PrincipalText } from "../../ui/PrincipalText";
import { accountOf } from "../../ui/principals";
import { StateText } from "../../ui/StateText";
import { TimeText } from "../../ui/TimeText";
import { Diagnosis } from "./Diagnosis";
import { sharedBy, sharedText, shareWords } from "./shared";
import { useShare, useSharedResources, useShareHolders, type Resource, type ResourceShareAssociation } from "./shares";

const holderColumns: Column<ResourceShareAssociation>[] = [
  { id: "who", header: "With", rowHeader: true, value: ({ associatedEntity }) => associatedEntity, cell: ({ associatedEntity }) => <PrincipalText id={associatedEntity} /> },
  { id: "state", header: "State", value: ({ status }) => status, cell: ({ status }) => <StateText state={status} words={shareWords} /> },
  { id: "outside", header: "Outside the organization", value: ({ external }) => String(external), cell: ({ external }) => (external ? "Yes" : "No") },
];

const resourceColumns: Column<Resource>[] = [
  { id: "what", header: "What", rowHeader: true, value: ({ arn }) => arn, cell: ({ arn }) => <span className="breakable">{textOf(arn)}</span> },
  { id: "state", header: "State", value: ({ status }) => status, cell: ({ status }) => <StateText state={status} words={shareWords} /> },
  { id: "since", header: "Since", value: ({ creationTime }) => creationTime?.getTime(), cell: ({ creationTime }) => <TimeText at={creationTime} /> },
];

const textOf = (arn: string | undefined): string => {
  const shared = sharedBy(arn);
  return shared ? sharedText(shared) : (arn ?? "");
};

/** One share: with whom, of what; and where sharing one thing with one account stands. */
export default function SharePage() {
  const { share: arn = "" } = useParams();
  const { account } = useSession();
  const own = arn.split(":")[4] === account;
  const owner = own ? "SELF" : "OTHER-ACCOUNTS";
  const share = useShare(arn, owner);
  const [resources, setResources] = useState<Resource[]>([]);
  const [holders, setHolders] = useState<ResourceShareAssociation[]>([]);
  const { name = "Share", owningAccountId, creationTime } = share.value ?? {};
  return (
    <PageFrame title={name} above={[{ text: "Shares", to: `/shares?tab=${own ? "given" : "received"}` }]}>
      <ErrorBox fault={share.fault} retry={share.again} />
      {share.value === null && <ErrorBox fault={{ code: "UnknownResource", message: "There is no such share, or it is not yours to see." }} />}
      <Container>
        <FactList
          items={[
            { label: "Owner", value: owningAccountId ?? "–" },
            { label: "Since", value: <TimeText at={creationTime} /> },
            { label: "ARN", value: <span className="mono">{arn}</span> },
          ]}
        />
      </Container>
      <ItemTable
        title="What is shared"
        empty="Nothing is shared."
        columns={resourceColumns}
        keyOf={({ arn: resource = "" }) => textOf(resource)}
        rows={useSharedResources(owner, arn)}
        selected={{ items: resources, onChange: setResources }}
      />
      {own && <Holders arn={arn} chosen={holders} onChange={setHolders} />}
      <Standing resource={resources[0]} holder={own ? holders[0]?.associatedEntity : account} />
    </PageFrame>
  );
}

interface HoldersProps {
  arn: string;
  chosen: ResourceShareAssociation[];
  onChange: (chosen: ResourceShareAssociation[]) => void;
}

const Holders = ({ arn, chosen, onChange }: HoldersProps) => (
  <ItemTable
    title="Shared with"
    empty="Shared with nobody."
    columns={holderColumns}
    keyOf={({ associatedEntity = "" }) => associatedEntity}
    rows={useShareHolders(arn)}
    selected={{ items: chosen, onChange }}
  />
);

/** The checklist, once something and somebody are chosen. */
function Standing({ resource, holder }: { resource: Resource | undefined; holder: string | undefined }) {
  const shared = sharedBy(resource?.arn);
  const to = accountOf(holder ?? "");
  const [asked, setAsked] = useState<string>();
  const question = shared?.database && to ? `${sharedText(shared)} ${to}` : undefined;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Choose what is shared and an account to see which step comes next."
          actions={<Button disabled={!question} onClick={() => setAsked(question)}>Look at each step</Button>}
        >
          Sharing status
        </Header>
      }
    >
      {question && asked === question && shared && to && <Diagnosis from={shared.account} to={to} resource={sharedText(shared)} />}
    </Container>
  );
}
