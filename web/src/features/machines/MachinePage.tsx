import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { ErrorBox } from "../../ui/ErrorBox";
import { FactList } from "../../ui/FactList";
import { Loading } from "../../ui/Loading";
import { notice } from "../../ui/notices";
import { PageFrame } from "../../ui/PageFrame";
import { PrincipalText } from "../../ui/PrincipalText";
import { TimeText } from "../../ui/TimeText";
import { kGone } from "../../ui/Unsaved";
import { DefinitionEditor } from "./DefinitionEditor";
import { ExecutionsTable } from "./ExecutionsTable";
import { useDeleteMachine, useMachine, type Machine } from "./machines";
import { StartDialog } from "./StartDialog";

/** One state machine: what it does, as text and drawn; its executions. */
export default function MachinePage() {
  const { arn = "" } = useParams();
  const machine = useMachine(arn);
  const [asked, setAsked] = useState<"start" | "delete">();
  const done = () => setAsked(undefined);
  const name = machine.value?.name ?? arn.split(":").pop() ?? arn;
  return (
    <PageFrame
      title={name}
      above={[{ text: "State machines", to: "/machines" }]}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={() => setAsked("delete")}>Delete</Button>
          <Button variant="primary" onClick={() => setAsked("start")}>Start execution</Button>
        </SpaceBetween>
      }
    >
      <ErrorBox fault={machine.fault} retry={machine.again} />
      {machine.loading && <Loading />}
      {machine.value && <Facts machine={machine.value} />}
      {/* A revision that was saved begins the editor anew: what it compares with is another one. */}
      {machine.value && <DefinitionEditor key={machine.value.revisionId ?? ""} machine={machine.value} />}
      <ExecutionsTable machine={arn} />
      {asked === "start" && <StartDialog machine={arn} onClose={done} />}
      {asked === "delete" && <DeleteMachine arn={arn} name={name} onClose={done} />}
    </PageFrame>
  );
}

const Facts = ({ machine }: { machine: Machine }) => (
  <Container header={<Header variant="h2">About</Header>}>
    <FactList
      items={[
        { label: "Role", value: <PrincipalText id={machine.roleArn} /> },
        { label: "Type", value: machine.type === "EXPRESS" ? "Express" : "Standard" },
        { label: "State", value: machine.status === "DELETING" ? "Deleting" : "Active" },
        { label: "Created", value: <TimeText at={machine.creationDate} /> },
        { label: "Revision", value: <span className="breakable">{machine.revisionId ?? "the first"}</span> },
        { label: "ARN", value: <span className="mono">{machine.stateMachineArn}</span> },
      ]}
    />
  </Container>
);

function DeleteMachine({ arn, name, onClose }: { arn: string; name: string; onClose: () => void }) {
  const remove = useDeleteMachine(arn);
  const navigate = useNavigate();
  const send = async () => {
    if (!(await remove.run(undefined))) return;
    notice(`${name} is being deleted.`);
    onClose();
    void navigate("/machines", { state: kGone });
  };
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      confirm="Delete"
      loses="Running executions are stopped, and versions and aliases are deleted. Past executions can be looked at for 90 days."
      typed={name}
      onConfirm={send}
      onClose={onClose}
      running={remove.running}
      fault={remove.fault}
    />
  );
}
