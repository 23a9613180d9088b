import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import { useParams } from "react-router";
import { ErrorBox } from "../../ui/ErrorBox";
import { FactList } from "../../ui/FactList";
import { Graph } from "../../ui/graph/Graph";
import { JsonText } from "../../ui/JsonText";
import { Loading } from "../../ui/Loading";
import { notice } from "../../ui/notices";
import { PageFrame } from "../../ui/PageFrame";
import { PageLink, pathTo } from "../../ui/PageLink";
import { StateText } from "../../ui/StateText";
import { TimeText } from "../../ui/TimeText";
import { drawingOf } from "./asl";
import { lasted } from "./durations";
import { EventsTable } from "./EventsTable";
import { kMostEvents, statusWords, useDefinitionOf, useExecution, useHistory, useRedrive, type Execution } from "./executions";
import { foldHistory } from "./history";
import { painted, visitsByName } from "./painted";
import { StopDialog } from "./StopDialog";
import { VisitPanel } from "./VisitPanel";

/** One execution: where it stands, and how it came there. It is followed while it runs. */
export default function ExecutionPage() {
  const { arn = "" } = useParams();
  const execution = useExecution(arn);
  const machineArn = execution.value?.stateMachineArn;
  const machineName = machineArn?.split(":")[6];
  return (
    <PageFrame
      title={execution.value?.name ?? arn.split(":").pop() ?? arn}
      above={[{ text: "State machines", to: "/machines" }, ...(machineArn && machineName ? [{ text: machineName, to: pathTo("machines", machineArn) }] : [])]}
      actions={execution.value && <Actions execution={execution.value} />}
    >
      <ErrorBox fault={execution.fault} retry={execution.again} />
      {execution.loading && <Loading />}
      {execution.value && <Facts execution={execution.value} />}
      {execution.value && <WhatHappened execution={execution.value} />}
    </PageFrame>
  );
}

/** The server says whether it would go on again; and what has ended cannot be stopped. */
function Actions({ execution }: { execution: Execution }) {
  const arn = execution.executionArn ?? "";
  const [stopping, setStopping] = useState(false);
  const redrive = useRedrive(arn);
  const again = async () => {
    if (await redrive.run(undefined)) notice(`${execution.name} goes on from where it failed.`);
  };
  const refused = execution.redriveStatus === "NOT_REDRIVABLE" ? execution.redriveStatusReason : undefined;
  return (
    <SpaceBetween size="xs">
      <SpaceBetween direction="horizontal" size="xs">
        <Button disabled={execution.status !== "RUNNING"} onClick={() => setStopping(true)}>Stop</Button>
        <Button
          disabled={execution.redriveStatus !== "REDRIVABLE"}
          loading={redrive.running}
          {...(refused && { disabledReason: refused })}
          onClick={() => void again()}
        >
          Redrive
        </Button>
      </SpaceBetween>
      <ErrorBox fault={redrive.fault} dismiss={redrive.forget} />
      {stopping && <StopDialog arn={arn} name={execution.name ?? ""} onClose={() => setStopping(false)} />}
    </SpaceBetween>
  );
}

function Facts({ execution }: { execution: Execution }) {
  const { status = "RUNNING", error, cause } = execution;
  return (
    <Container header={<Header variant="h2">Outcome</Header>}>
      <SpaceBetween size="m">
        <FactList
          columns={4}
          items={[
            { label: "Status", value: <span role="status"><StateText state={status} words={statusWords} /></span> },
            { label: "Started", value: <TimeText at={execution.startDate} /> },
            { label: "Ended", value: <TimeText at={execution.stopDate} /> },
            { label: "Took", value: lasted(execution.startDate, execution.stopDate) },
            { label: "State machine", value: <PageLink to={pathTo("machines", execution.stateMachineArn ?? "")}>{execution.stateMachineArn?.split(":")[6]}</PageLink> },
            { label: "Redriven", value: execution.redriveCount ? `${execution.redriveCount} ${execution.redriveCount === 1 ? "time" : "times"}` : "Never" },
            ...(error ? [{ label: "Error", value: <span className="breakable">{error}{cause && `: ${cause}`}</span> }] : []),
          ]}
        />
        <div className="beside">
          <div><strong>Input</strong><JsonText name="Input of the execution" text={execution.input} /></div>
          <div><strong>Output</strong><JsonText name="Output of the execution" text={execution.output} /></div>
        </div>
      </SpaceBetween>
    </Container>
  );
}

function WhatHappened({ execution }: { execution: Execution }) {
  const arn = execution.executionArn ?? "";
  const definition = useDefinitionOf(arn);
  const history = useHistory(arn, execution.status);
  const [selected, setSelected] = useState<string>();
  const drawing = useMemo(() => drawingOf(definition.value ?? "{}"), [definition.value]);
  const folded = useMemo(() => foldHistory(history.value ?? []), [history.value]);
  const picture = useMemo(() => drawing && painted(drawing, folded), [drawing, folded]);
  const visits = useMemo(() => visitsByName(folded), [folded]);
  const state = drawing?.states.find(({ place }) => place === selected);
  const cut = (history.value?.length ?? 0) >= kMostEvents;
  return (
    <SpaceBetween size="l">
      <ErrorBox fault={definition.fault} retry={definition.again} />
      <Container header={<Header variant="h2" description={cut ? `From the newest ${kMostEvents} events; what was before is not shown.` : "Choose a state to see its input, its output and what failed."}>States</Header>}>
        <div className="beside">
          {picture && definition.value && <Graph name={`What happened in ${execution.name}`} drawing={picture} selected={selected} onSelect={setSelected} />}
          <VisitPanel key={selected ?? ""} state={state} visits={visits.get(state?.name ?? "") ?? []} />
        </div>
      </Container>
      <EventsTable
        rows={{ items: history.value ?? [], loading: history.value === undefined && history.loading, fault: history.fault, again: history.again }}
        folded={folded}
        onOpen={(name) => setSelected(drawing?.states.find((one) => one.name === name)?.place)}
      />
    </SpaceBetween>
  );
}
