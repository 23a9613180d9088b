import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMemo, useState } from "react";
import { FactList } from "../../ui/FactList";
import { Graph } from "../../ui/graph/Graph";
import { PrincipalText } from "../../ui/PrincipalText";
import { TimeText } from "../../ui/TimeText";
import type { Proof } from "./explain";
import { drawingOfProof, gatesOf, partId, type GateParts } from "./proof";

/** A proof: the answer, the drawing, the same as an outline, and what would help. */
export function ProofView({ proof }: { proof: Proof }) {
  const [selected, setSelected] = useState<string>();
  const wide = useMemo(() => matchMedia("(min-width: 900px)").matches, []);
  const drawing = useMemo(() => drawingOfProof(proof, wide), [proof, wide]);
  const gates = useMemo(() => gatesOf(proof), [proof]);
  const chosen = drawing.nodes.find(({ id }) => id === selected);
  return (
    <SpaceBetween size="l">
      <Answer proof={proof} />
      <Container header={<Header variant="h2" description="Every gate must be open. Choose a box to read what it says.">How it was decided</Header>}>
        <SpaceBetween size="s">
          <Graph name="How it was decided" drawing={drawing} selected={selected} onSelect={setSelected} />
          <div role="status">{chosen && <Box><span className="breakable">{chosen.says}</span></Box>}</div>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">The same in words</Header>}>
        <ol className="outline">{gates.map((gate) => <GateOutline key={gate.id} gate={gate} />)}</ol>
      </Container>
      {proof.View && <Shown view={proof.View} />}
    </SpaceBetween>
  );
}

function Answer({ proof }: { proof: Proof }) {
  const allowed = proof.Decision === "ALLOW";
  const { DataLocation: place } = proof;
  return (
    <Container header={<Header variant="h2">{allowed ? "Allowed" : "Denied"}</Header>}>
      <SpaceBetween size="m">
        <FactList
          items={[
            { label: "Who", value: <PrincipalText id={proof.Principal} /> },
            { label: "What", value: proof.Action ?? "–" },
            { label: "On", value: <span className="breakable">{proof.Resource ?? "–"}</span> },
            ...(proof.Event ? [{ label: "Operation", value: proof.Event }, { label: "When", value: <TimeText at={proof.At} /> }] : []),
            ...(place?.Location ? [{ label: "The data lies at", value: <span className="breakable">{place.Location}{place.Registered ? "" : ", which is not registered"}{place.Hybrid ? ", in hybrid access mode" : ""}</span> }] : []),
            ...(proof.ResourceLink ? [{ label: "It is a link to", value: <span className="breakable">{proof.ResourceLink}</span> }] : []),
          ]}
        />
        {proof.Message && <Box variant="p"><span className="breakable">{proof.Message}</span></Box>}
        {proof.SmallestChange && <Alert type="info" header="What would help"><span className="breakable">{proof.SmallestChange}</span></Alert>}
        {proof.PendingInvitations?.map((invitation) => <Alert key={invitation} type="warning">{invitation}</Alert>)}
      </SpaceBetween>
    </Container>
  );
}

const GateOutline = ({ gate }: { gate: GateParts }) => (
  <li>
    <Box variant="h3">
      <StatusIndicator type={gate.opens ? "success" : "error"}>{gate.name}: {gate.opens ? "open" : "shut"}{gate.decided ? ", which decided" : ""}</StatusIndicator>
    </Box>
    <p className="breakable">{gate.reason}</p>
    {gate.remedy && <p className="breakable"><strong>What would open it:</strong> {gate.remedy}</p>}
    <ul>
      {gate.parts.map((part, at) => (
        <li key={partId(gate, at)} className="breakable">
          <strong>{part.title}</strong> <Box variant="small" display="inline" color="text-body-secondary">{part.note}</Box>, {part.verdict}: {part.says}
        </li>
      ))}
    </ul>
  </li>
);

const Shown = ({ view }: { view: NonNullable<Proof["View"]> }) => (
  <Container header={<Header variant="h2">What is shown</Header>}>
    <FactList
      items={[
        { label: "Columns", value: <span className="breakable">{view.AllColumns ? "all of them: " : ""}{(view.AuthorizedColumns ?? []).join(", ")}</span> },
        { label: "Rows", value: <span className="mono">{view.AllRows ? "all" : view.FinalRowPredicate}</span> },
        {
          label: "Cells that are hidden",
          value: view.Cells?.length
            ? <ul className="outline">{view.Cells.map(({ Column, VisibleWhen }) => <li key={Column}>{Column}: {VisibleWhen ? <>shown where <span className="mono">{VisibleWhen}</span></> : "never shown"}</li>)}</ul>
            : "none",
        },
      ]}
    />
  </Container>
);
