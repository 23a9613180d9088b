import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef } from "react";
import { useParams } from "react-router";
import { useSession } from "../../signin/useSession";
import { ErrorBox } from "../../ui/ErrorBox";
import { FactList } from "../../ui/FactList";
import { ItemTable } from "../../ui/ItemTable";
import { Loading } from "../../ui/Loading";
import { PageFrame } from "../../ui/PageFrame";
import { PageLink, pathTo } from "../../ui/PageLink";
import { PrincipalText } from "../../ui/PrincipalText";
import { StateText } from "../../ui/StateText";
import { TimeText } from "../../ui/TimeText";
import { useApproval, type Approval } from "./approvals";
import { aboutText, channelWords, factOf, statusWords, verdictWords } from "./approvalWords";
import { DecisionForm } from "./DecisionForm";
import { TermsTable } from "./TermsTable";

/** One question to people: what is asked, who else decides, and one's own decision. */
export default function ApprovalPage() {
  const { id = "" } = useParams();
  const { value: approval, fault, loading, again } = useApproval(id);
  return (
    <PageFrame title={approval ? `${approval.Status === "OPEN" ? "Access to" : "Decided: access to"} ${aboutText(approval)}` : "Approval"} above={[{ text: "Approvals", to: "/approvals" }]}>
      <ErrorBox fault={fault} retry={again} />
      {loading && <Loading />}
      {approval && (
        <SpaceBetween size="l">
          <Standing approval={approval} />
          <Container header={<Header variant="h2">What is asked</Header>}><Facts approval={approval} /></Container>
          {approval.Status === "OPEN"
            ? <DecisionForm key={approval.ApprovalId} approval={approval} />
            : approval.Status === "APPROVED" && approval.Narrowable && <Given approval={approval} />}
          <Decisions approval={approval} />
        </SpaceBetween>
      )}
    </PageFrame>
  );
}

/** How it was decided. When that happens while the page shows, the form goes, and the focus that was in it comes here. */
function Standing({ approval: { Status, StatusReason, EndedAt } }: { approval: Approval }) {
  const outcome = useRef<HTMLDivElement>(null);
  const before = useRef(Status);
  useEffect(() => {
    if (before.current === "OPEN" && document.activeElement === document.body) outcome.current?.focus();
    before.current = Status;
  }, [Status]);
  if (Status === "OPEN") return null;
  return (
    <div ref={outcome} tabIndex={-1} role="group" aria-label="How it was decided">
      <Alert type={Status === "APPROVED" ? "success" : "info"} header={`Already decided: ${statusWords[Status ?? ""]?.[1] ?? Status}`}>
        <TimeText at={EndedAt} />{StatusReason ? `: ${StatusReason}` : ""}
      </Alert>
    </div>
  );
}

const Given = ({ approval }: { approval: Approval }) => (
  <Container header={<Header variant="h2">What was given</Header>}><TermsTable asked={approval.Asked} given={approval.Narrowed} /></Container>
);

/** Of a user or role whose ARN stands beside it. */
const isUniqueId = (id: string) => /^A(IDA|ROA)[A-Z2-7]{17}$/.test(id);

const kIdentifiers = new Set(["Requester", "Signed in as", "Target", "Target Account"]);

function Facts({ approval }: { approval: Approval }) {
  const { account } = useSession();
  const value = (label: string, text: string) => {
    if (label === "Request") return <PageLink to={pathTo("requests", approval.Account ?? account, text)}>{text}</PageLink>;
    return kIdentifiers.has(label) ? <PrincipalText id={text} /> : <span className="breakable">{text}</span>;
  };
  return (
    <FactList
      items={[
        { label: "State", value: <StateText state={approval.Status} words={statusWords} /> },
        { label: "Purpose", value: <span className="breakable">{approval.Reason || "None was given"}</span> },
        { label: "To be decided by", value: <TimeText at={approval.ExpiresAt} /> },
        ...(approval.Facts ?? []).map(({ Label: label, Value: text }) => ({ label, value: value(label, text) })),
        ...(factOf(approval, "Request") ? [] : [{ label: "About", value: <span className="breakable">{approval.Subject}</span> }]),
        { label: "Who is asked", value: <Names ids={approval.Approvers} /> },
        ...(approval.AbsentApprovers?.length ? [{ label: "Of them no longer there", value: <Names ids={approval.AbsentApprovers} /> }] : []),
        { label: "How many must approve", value: String(approval.Quorum ?? 1) },
        { label: "Who may not decide", value: <Names ids={approval.Excluded?.filter((id) => !isUniqueId(id))} /> },
        ...(approval.ExecutionArn ? [{ label: "Execution", value: <PageLink to={pathTo("executions", approval.ExecutionArn)}>Its execution</PageLink> }] : []),
      ]}
    />
  );
}

const Names = ({ ids = [] }: { ids: string[] | undefined }) =>
  ids.length === 0 ? <Box color="text-status-inactive">Nobody</Box> : (
    <ul className="plain-list">{ids.map((id) => <li key={id}><PrincipalText id={id} /></li>)}</ul>
  );

const Decisions = ({ approval }: { approval: Approval }) => (
  <ItemTable
    title="Decisions"
    empty="Nobody has decided yet."
    rows={{ items: approval.Decisions ?? [], loading: false }}
    keyOf={({ By = "", At = 0 }) => `${By} ${At}`}
    columns={[
      { id: "by", header: "Who", rowHeader: true, value: ({ By }) => By, cell: ({ By }) => <PrincipalText id={By} /> },
      { id: "verdict", header: "Decision", value: ({ Verdict }) => Verdict, cell: ({ Verdict }) => <StateText state={Verdict} words={verdictWords} /> },
      { id: "comment", header: "Comment", cell: ({ Comment = "" }) => <span className="breakable">{Comment}</span> },
      { id: "how", header: "How", value: ({ Channel }) => Channel, cell: ({ Channel = "" }) => channelWords[Channel] ?? Channel },
      { id: "at", header: "When", value: ({ At }) => At, cell: ({ At }) => <TimeText at={At} /> },
    ]}
  />
);
