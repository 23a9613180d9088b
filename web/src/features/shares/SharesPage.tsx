import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useSession } from "../../signin/useSession";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { FormDialog } from "../../ui/FormDialog";
import { ItemTable, type Column } from "../../ui/ItemTable";
import { Loading } from "../../ui/Loading";
import { notice } from "../../ui/notices";
import { PageFrame } from "../../ui/PageFrame";
import { PageLink, pathTo } from "../../ui/PageLink";
import { StateText } from "../../ui/StateText";
import { TimeText } from "../../ui/TimeText";
import { Diagnosis } from "./Diagnosis";
import { LinkState } from "./LinkState";
import { sharedBy, sharedText, shareWords, type Shared } from "./shared";
import {
  useInvitations, useInvitedResources, useReject, useSharedResources, useShares, type Resource, type ResourceShare, type ResourceShareInvitation,
} from "./shares";
import { UseShareDialog } from "./UseShareDialog";

/** What accounts share with each other: what came, what waits for an answer, what one's own account gives. */
export default function SharesPage() {
  const [search, setSearch] = useSearchParams();
  return (
    <PageFrame title="Shares" says="What other accounts share with this one, and what this one shares with them. A share is made by granting to an account.">
      <Tabs
        ariaLabel="Shares"
        i18nStrings={{ scrollLeftAriaLabel: "Previous tabs", scrollRightAriaLabel: "More tabs" }}
        activeTabId={search.get("tab") ?? "invitations"}
        onChange={({ detail }) => setSearch({ tab: detail.activeTabId })}
        tabs={[
          { id: "invitations", label: "Invitations", content: <Invitations /> },
          { id: "received", label: "Shared with us", content: <Received /> },
          { id: "given", label: "Shared by us", content: <Given /> },
        ]}
      />
    </PageFrame>
  );
}

const invitationColumns: Column<ResourceShareInvitation>[] = [
  {
    id: "share", header: "Share", rowHeader: true, value: ({ resourceShareName }) => resourceShareName,
    cell: ({ resourceShareName }) => <span className="breakable">{resourceShareName}</span>,
  },
  { id: "from", header: "From account", value: ({ senderAccountId }) => senderAccountId, cell: ({ senderAccountId }) => senderAccountId ?? "" },
  { id: "state", header: "State", value: ({ status }) => status, cell: ({ status }) => <StateText state={status} words={shareWords} /> },
  { id: "at", header: "Sent", value: ({ invitationTimestamp }) => invitationTimestamp?.getTime(), cell: ({ invitationTimestamp }) => <TimeText at={invitationTimestamp} relative /> },
];

function Invitations() {
  const [chosen, setChosen] = useState<ResourceShareInvitation[]>([]);
  const [open, setOpen] = useState<"accept" | "reject">();
  const [one] = chosen;
  const answerable = one?.status === "PENDING";
  const close = () => { setOpen(undefined); setChosen([]); };
  return (
    <>
      <ItemTable
        title="Invitations"
        empty="No account has invited this one."
        columns={invitationColumns}
        keyOf={({ resourceShareInvitationArn = "" }) => resourceShareInvitationArn}
        nameOf={({ resourceShareName, senderAccountId }) => `${resourceShareName} from account ${senderAccountId}`}
        rows={useInvitations()}
        selected={{ items: chosen, onChange: setChosen }}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={!answerable} onClick={() => setOpen("reject")}>Reject</Button>
            <Button variant="primary" disabled={!answerable} onClick={() => setOpen("accept")}>Accept</Button>
          </SpaceBetween>
        }
      />
      {open === "accept" && one && <AcceptDialog invitation={one} onClose={close} />}
      {open === "reject" && one && <RejectDialog invitation={one} onClose={close} />}
    </>
  );
}

const nameOf = (shared: Shared | undefined) => shared && `${sharedText(shared)} from account ${shared.account}`;

const allShared = (resources: Resource[]): Shared[] => resources.map(({ arn }) => sharedBy(arn)).filter((each) => each !== undefined);

interface AnswerProps {
  invitation: ResourceShareInvitation;
  onClose: () => void;
}

/** Reads what the invitation brings, and then asks what to do with it. */
function AcceptDialog({ invitation: { resourceShareInvitationArn: arn = "" }, onClose }: AnswerProps) {
  const brings = useInvitedResources(arn);
  if (brings.loading)
    return (
      <FormDialog title="Accept and use a share" submit="Accept" size="large" onSubmit={() => undefined} onClose={onClose} disabled>
        <Loading what="Reading what it brings" />
      </FormDialog>
    );
  return <UseShareDialog invitation={arn} shared={allShared(brings.value ?? [])} untold={brings.fault} onClose={onClose} />;
}

function RejectDialog({ invitation: { resourceShareInvitationArn = "", senderAccountId }, onClose }: AnswerProps) {
  const reject = useReject();
  const confirm = async () => {
    if (await reject.run(resourceShareInvitationArn)) { notice("The invitation was rejected."); onClose(); }
  };
  return (
    <ConfirmDialog
      title={`Reject the invitation of account ${senderAccountId}?`}
      confirm="Reject"
      loses="What it brings cannot be used here until the other account grants it again."
      onConfirm={confirm}
      onClose={onClose}
      running={reject.running}
      fault={reject.fault}
    />
  );
}

function Received() {
  const { account } = useSession();
  const [chosen, setChosen] = useState<Resource[]>([]);
  const [using, setUsing] = useState(false);
  const [one] = chosen;
  const shared = sharedBy(one?.arn);
  const columns: Column<Resource>[] = [
    { id: "what", header: "What", rowHeader: true, value: ({ arn }) => arn, cell: ({ arn }) => <What arn={arn} /> },
    { id: "from", header: "From account", value: ({ arn }) => sharedBy(arn)?.account, cell: ({ arn }) => sharedBy(arn)?.account ?? "" },
    { id: "link", header: "Resource link", cell: ({ arn }) => <LinkState shared={sharedBy(arn)} /> },
    { id: "since", header: "Since", value: ({ creationTime }) => creationTime?.getTime(), cell: ({ creationTime }) => <TimeText at={creationTime} /> },
  ];
  return (
    <SpaceBetween size="l">
      <ItemTable
        title="Shared with us"
        empty="Nothing is shared with this account yet. Check the invitations."
        filter="Find what is shared"
        columns={columns}
        keyOf={({ arn = "", resourceShareArn = "" }) => `${arn} by ${resourceShareArn}`}
        nameOf={({ arn = "" }) => nameOf(sharedBy(arn)) ?? arn}
        rows={useSharedResources("OTHER-ACCOUNTS")}
        selected={{ items: chosen, onChange: setChosen }}
        actions={<Button variant="primary" disabled={!shared?.database} onClick={() => setUsing(true)}>Link and grant</Button>}
      />
      {shared?.database && (
        <Container header={<Header variant="h2">Sharing status of {sharedText(shared)}</Header>}>
          <Diagnosis from={shared.account} to={account} resource={sharedText(shared)} />
        </Container>
      )}
      {using && shared && <UseShareDialog shared={[shared]} onClose={() => setUsing(false)} />}
    </SpaceBetween>
  );
}

function What({ arn }: { arn: string | undefined }) {
  const shared = sharedBy(arn);
  if (!shared) return <span className="breakable">{arn}</span>;
  return <span className="breakable">{sharedText(shared)} <Badge>{shared.table ? "Table" : shared.database ? "Database" : "Catalog"}</Badge></span>;
}

const shareColumns: Column<ResourceShare>[] = [
  {
    id: "name", header: "Share", rowHeader: true, value: ({ name }) => name,
    cell: ({ name, resourceShareArn = "" }) => <PageLink to={pathTo("shares", resourceShareArn)}>{name}</PageLink>,
  },
  { id: "state", header: "State", value: ({ status }) => status, cell: ({ status }) => <StateText state={status} words={shareWords} /> },
  {
    id: "reach", header: "Reaches", value: ({ allowExternalPrincipals }) => (allowExternalPrincipals ? "any account" : "the organization"),
    cell: ({ allowExternalPrincipals }) => (allowExternalPrincipals ? "Any account" : "The organization only"),
  },
  { id: "since", header: "Since", value: ({ creationTime }) => creationTime?.getTime(), cell: ({ creationTime }) => <TimeText at={creationTime} /> },
];

const Given = () => (
  <ItemTable
    title="Shared by us"
    description="A share follows the grants to its account: when the last one is revoked, the share ends."
    empty="This account shares nothing."
    filter="Find shares"
    columns={shareColumns}
    keyOf={({ resourceShareArn = "" }) => resourceShareArn}
    rows={useShares("SELF")}
  />
);
