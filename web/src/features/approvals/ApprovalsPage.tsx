import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog";
import { ItemTable, type Column } from "../../ui/ItemTable";
import { notice } from "../../ui/notices";
import { PageFrame } from "../../ui/PageFrame";
import { PageLink, pathTo } from "../../ui/PageLink";
import { PrincipalText } from "../../ui/PrincipalText";
import { StateText } from "../../ui/StateText";
import { TimeText } from "../../ui/TimeText";
import { useApprovals, useDecideMany, type Approval, type Status } from "./approvals";
import { aboutText, factOf, statusWords, verdicts } from "./approvalWords";

const kAny = { value: "", label: "Any state" };
const states = [kAny, ...Object.entries(statusWords).map(([value, [, label]]) => ({ value, label }))];
const sides = [{ id: "mine", text: "Waiting for me" }, { id: "all", text: "All in this account" }];

const columns: Column<Approval>[] = [
  { id: "about", header: "What", rowHeader: true, value: aboutText, cell: (one) => <PageLink to={pathTo("approvals", one.ApprovalId ?? "")}><span className="breakable">{aboutText(one)}</span></PageLink> },
  { id: "requester", header: "Asked by", value: (one) => factOf(one, "Requester"), cell: (one) => <PrincipalText id={factOf(one, "Requester")} /> },
  { id: "reason", header: "Purpose", value: ({ Reason }) => Reason, cell: ({ Reason = "" }) => <span className="breakable">{Reason}</span> },
  { id: "sensitive", header: "Sensitive", value: (one) => factOf(one, "Sensitive"), cell: (one) => factOf(one, "Sensitive") ?? "No" },
  { id: "status", header: "State", value: ({ Status: state }) => state, cell: ({ Status: state }) => <StateText state={state} words={statusWords} /> },
  { id: "opened", header: "Asked", value: ({ OpenedAt }) => OpenedAt, cell: ({ OpenedAt }) => <TimeText at={OpenedAt} relative /> },
  { id: "until", header: "Until", value: ({ ExpiresAt }) => ExpiresAt, cell: ({ ExpiresAt }) => <TimeText at={ExpiresAt} relative /> },
];

/** What waits for the person to decide; and, for who may look, every approval of the account. */
export default function ApprovalsPage() {
  const [side, setSide] = useState("mine");
  const [status, setStatus] = useState("");
  const [chosen, setChosen] = useState<Approval[]>([]);
  const [deciding, setDeciding] = useState<(typeof verdicts)[number]>();
  const mine = side === "mine";
  const approvals = useApprovals({ toDecide: mine, ...(status && { status: status as Status }) });
  const open = chosen.filter(({ Status: state }) => state === "OPEN");
  return (
    <PageFrame title="Approvals" says="Decide about access to data. Open an approval to see what is asked for, or to give less.">
      <SpaceBetween direction="horizontal" size="m" alignItems="center">
        <SegmentedControl label="Which approvals" selectedId={side} options={sides} onChange={({ detail }) => { setSide(detail.selectedId); setChosen([]); }} />
        {!mine && (
          <Select ariaLabel="State" options={states} selectedOption={states.find(({ value }) => value === status) ?? kAny} onChange={({ detail }) => { setStatus(detail.selectedOption.value ?? ""); setChosen([]); }} />
        )}
      </SpaceBetween>
      <ItemTable<Approval>
        title={mine ? "Waiting for me" : "Approvals"}
        empty={mine ? "Nothing waits for you." : status ? "No approval is in this state." : "There are no approvals yet."}
        filter="Find approvals"
        rows={approvals}
        keyOf={({ ApprovalId = "" }) => ApprovalId}
        nameOf={aboutText}
        selected={{ items: chosen, onChange: setChosen, many: true }}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {verdicts.filter(({ verdict }) => verdict !== "abstain" && verdict !== "request_changes").map((one) => (
              <Button key={one.verdict} disabled={open.length === 0} onClick={() => setDeciding(one)}>{one.button}</Button>
            ))}
            <Button iconName="refresh" ariaLabel="Refresh" onClick={approvals.again} />
          </SpaceBetween>
        }
        columns={columns}
      />
      {deciding && <DecideManyDialog approvals={open} deciding={deciding} onClose={() => { setDeciding(undefined); setChosen([]); }} />}
    </PageFrame>
  );
}

interface DecideManyDialogProps {
  approvals: Approval[];
  deciding: (typeof verdicts)[number];
  onClose: () => void;
}

function DecideManyDialog({ approvals, deciding, onClose }: DecideManyDialogProps) {
  const [comment, setComment] = useState("");
  const decide = useDecideMany();
  const send = async () => {
    const ids = approvals.map(({ ApprovalId = "" }) => ApprovalId);
    const refused = await decide.run({ ids, ballot: { verdict: deciding.verdict, comment } });
    if (!refused) return;
    for (const { id, why } of refused)
      notice(`${aboutText(approvals.find(({ ApprovalId }) => ApprovalId === id) ?? {})}: ${why}`, "error");
    if (refused.length < ids.length) notice(`${ids.length - refused.length} of ${ids.length} decided.`);
    onClose();
  };
  return (
    <FormDialog title={`${deciding.button}: ${approvals.length} at once`} submit={deciding.button} onSubmit={send} onClose={onClose} running={decide.running} fault={decide.fault}>
      <ul className="plain-list">{approvals.map((one) => <li key={one.ApprovalId}>{aboutText(one)}</li>)}</ul>
      <span>{deciding.says} Nothing is narrowed.</span>
      <FormField label="Comment"><Textarea rows={3} value={comment} onChange={({ detail }) => setComment(detail.value)} /></FormField>
    </FormDialog>
  );
}
