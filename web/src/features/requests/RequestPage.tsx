import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type ReactNode } from "react";
import { useParams } from "react-router";
import type { AccessRequestDescription } from "../../api/weir.gen";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { durationText } from "../../ui/duration";
import { ErrorBox } from "../../ui/ErrorBox";
import { FactList } from "../../ui/FactList";
import { rowsOf } from "../../ui/ItemTable";
import { Loading } from "../../ui/Loading";
import { notice } from "../../ui/notices";
import { PageFrame } from "../../ui/PageFrame";
import { PageLink, pathTo } from "../../ui/PageLink";
import { PrincipalText } from "../../ui/PrincipalText";
import { StateText } from "../../ui/StateText";
import { TimeText } from "../../ui/TimeText";
import { useApprovalsNamed } from "../approvals/approvals";
import { ExtendDialog, RevokeDialog } from "../grants/GrantDialogs";
import { GrantTable } from "../grants/GrantTable";
import { OutcomeBox } from "./OutcomeBox";
import { useGrantsOf, useRequest, useWithdraw } from "./requests";
import { aboutText, decisionWords, endOf, fulfilmentOf, isHeld, isUndecided, itemText } from "./requestWords";
import { Timeline } from "./Timeline";
import { timelineOf } from "./timeline";

/** One request, from the asking to its end. */
export default function RequestPage() {
  const { catalog = "", id = "" } = useParams();
  const request = useRequest(catalog, id);
  const title = request.value ? `Request for ${aboutText(request.value)}` : `Request ${id}`;
  return (
    <PageFrame title={title} above={[{ text: "My requests", to: "/requests" }]} actions={request.value && <Actions request={request.value} catalog={catalog} />}>
      <ErrorBox fault={request.fault} retry={request.again} />
      {request.loading && <Loading />}
      {request.value && <Told request={request.value} catalog={catalog} />}
    </PageFrame>
  );
}

interface OfRequest {
  request: AccessRequestDescription;
  catalog: string;
}

function Told({ request, catalog }: OfRequest) {
  const asked = request.Approvals ?? [];
  const approvals = useApprovalsNamed(asked.map(({ ApprovalId = "" }) => ApprovalId));
  const grants = useGrantsOf(catalog, request.RequestId ?? "", request.Fulfilment);
  const known = asked.map((one) => ({ asked: one, approval: approvals.value?.get(one.ApprovalId ?? "") }));
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">State</Header>}><Facts request={request} /></Container>
      <ColumnLayout columns={2}>
        <Container header={<Header variant="h2">What happened</Header>}>
          <Timeline label="What happened" happenings={timelineOf(request, known, grants.value ?? [])} />
        </Container>
        <Container header={<Header variant="h2">What the policy said</Header>}>
          {request.Outcome && <OutcomeBox outcome={request.Outcome} />}
        </Container>
      </ColumnLayout>
      <GrantTable title="What was granted" empty="Nothing was granted." catalog={catalog} rows={rowsOf(grants)} />
    </SpaceBetween>
  );
}

/** When and why it ended; until then, when it is going to, and what was said of it last. */
function endFacts(request: AccessRequestDescription): { label: string; value: ReactNode }[] {
  const end = endOf(request);
  const reason = <span className="breakable">{request.Reason || "–"}</span>;
  if (end) return [{ label: "Ended", value: <>{end.says}, <TimeText at={end.at} /></> }, { label: "Why it ended", value: reason }];
  const none = request.DurationSeconds ? `${durationText(request.DurationSeconds)} after it is granted` : "Without an end";
  return [{ label: "Ends", value: <TimeText at={request.Expires} none={none} /> }, { label: "Reason", value: reason }];
}

const Facts = ({ request }: { request: AccessRequestDescription }) => (
  <FactList
    columns={4}
    items={[
      { label: "Decision", value: <StateText state={request.Decision} words={decisionWords} /> },
      { label: "Access", value: <StateText {...fulfilmentOf(request)} /> },
      ...endFacts(request),
      { label: "What", value: <ul className="plain-list">{request.Items?.map((item) => <li key={itemText(item)}>{itemText(item)}</li>)}</ul> },
      { label: "Permissions", value: [...new Set(request.Items?.flatMap(({ Permissions = [] }) => Permissions))].join(", ") || "–" },
      { label: "For", value: <PrincipalText id={request.Target} /> },
      { label: "Asked by", value: <PrincipalText id={request.Requester} /> },
      { label: "Purpose", value: <span className="breakable">{request.Purpose || "–"}</span> },
      { label: "Ticket", value: <span className="breakable">{request.TicketRef || "–"}</span> },
      { label: "Asked", value: <TimeText at={request.Created} /> },
      { label: "Execution", value: request.ExecutionArn ? <PageLink to={pathTo("executions", request.ExecutionArn)}>Its execution</PageLink> : "–" },
    ]}
  />
);

function Actions({ request, catalog }: OfRequest) {
  const [open, setOpen] = useState<"withdraw" | "extend" | "revoke">();
  const close = () => setOpen(undefined);
  const of = { catalog, id: request.RequestId ?? "" };
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {isUndecided(request) && <Button onClick={() => setOpen("withdraw")}>Withdraw</Button>}
      {isHeld(request) && request.Expires && <Button onClick={() => setOpen("extend")}>Extend</Button>}
      {isHeld(request) && <Button onClick={() => setOpen("revoke")}>Revoke</Button>}
      {open === "withdraw" && <WithdrawDialog of={of} onClose={close} />}
      {open === "extend" && <ExtendDialog of={of} expires={request.Expires} onClose={close} />}
      {open === "revoke" && <RevokeDialog of={of} about={aboutText(request)} onClose={close} />}
    </SpaceBetween>
  );
}

function WithdrawDialog({ of, onClose }: { of: { catalog: string; id: string }; onClose: () => void }) {
  const withdraw = useWithdraw();
  const send = async () => {
    if (await withdraw.run(of)) { notice("The request was withdrawn."); onClose(); }
  };
  return (
    <ConfirmDialog
      title="Withdraw the request?" confirm="Withdraw" running={withdraw.running} fault={withdraw.fault} onConfirm={send} onClose={onClose}
      loses="Nobody is asked about it any more, and nothing is granted. You can ask again."
    />
  );
}
