import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useDeferredValue, useMemo, useState } from "react";
import { CodeEditor, type LineMark } from "../../ui/CodeEditor";
import { ErrorBox } from "../../ui/ErrorBox";
import { Graph } from "../../ui/graph/Graph";
import { ItemTable } from "../../ui/ItemTable";
import { notice } from "../../ui/notices";
import { useSettled } from "../../ui/settled";
import { Unsaved } from "../../ui/Unsaved";
import { drawingOf, type MachineDrawing } from "./asl";
import { Findings } from "./Findings";
import { useFindings, useSaveMachine, type Finding, type Machine } from "./machines";
import { lineOfPlace, placesOf } from "./places";

/** The last drawing that could be made: half-typed text does not take the picture away. */
function useDrawing(text: string): MachineDrawing {
  const deferred = useDeferredValue(text);
  const now = useMemo(() => drawingOf(deferred), [deferred]);
  const [last, setLast] = useState<MachineDrawing>(now ?? { nodes: [], edges: [], states: [] });
  if (now && now !== last) setLast(now);
  return now ?? last;
}

const marksOf = (findings: Finding[], lineOf: (finding: Finding) => number) =>
  new Map<number, LineMark>(findings.toSorted((a, b) => (b.severity ?? "").localeCompare(a.severity ?? ""))
    .map((finding) => [lineOf(finding), finding.severity === "WARNING" ? "warning" : "error"]));

/** The definition as text and as a drawing that follows it; what is wrong with it; saving. */
export function DefinitionEditor({ machine }: { machine: Machine }) {
  const [text, setText] = useState(machine.definition ?? "");
  const [goTo, setGoTo] = useState<{ line: number; asked: number }>();
  const [selected, setSelected] = useState<string>();
  const paused = useSettled(text);
  const findings = useFindings(paused, machine.type);
  const save = useSaveMachine(machine);
  const drawing = useDrawing(text);
  const places = useMemo(() => placesOf(text), [text]);
  const lineOf = ({ location = "" }: Finding) => lineOfPlace(text, places, location);
  const open = (line: number) => setGoTo((before) => ({ line, asked: (before?.asked ?? 0) + 1 }));
  const select = (place: string) => {
    setSelected(place);
    open(lineOfPlace(text, places, place));
  };
  const send = async () => {
    if (await save.run(text)) notice(`${machine.name} is saved. Executions that run go on as they began.`);
  };
  const changed = text !== machine.definition;
  return (
    <Container header={<EditorHeader changed={changed} saving={save.running} onDiscard={() => setText(machine.definition ?? "")} onSave={() => void send()} />}>
      <SpaceBetween size="m">
        <ErrorBox fault={save.fault} dismiss={save.forget} />
        <Unsaved changed={changed} loses="Your changes to the definition are lost." />
        <div className="beside">
          <div>
            <CodeEditor label="Definition" text={text} onChange={setText} marks={marksOf(findings.value ?? [], lineOf)} goTo={goTo} />
            <Findings findings={findings} lineOf={lineOf} onOpen={open} />
          </div>
          <Graph name={`The states of ${machine.name}`} drawing={drawing} selected={selected} onSelect={select} />
        </div>
        <ExpandableSection headerText="The drawing as a list">
          <StatesTable drawing={drawing} onOpen={select} />
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}

interface EditorHeaderProps {
  changed: boolean;
  saving: boolean;
  onDiscard: () => void;
  onSave: () => void;
}

const EditorHeader = ({ changed, saving, onDiscard, onSave }: EditorHeaderProps) => (
  <Header
    variant="h2"
    actions={
      <SpaceBetween direction="horizontal" size="xs">
        <Button disabled={!changed} onClick={onDiscard}>Discard changes</Button>
        <Button variant="primary" disabled={!changed} loading={saving} onClick={onSave}>Save</Button>
      </SpaceBetween>
    }
  >
    Definition
  </Header>
);

function StatesTable({ drawing, onOpen }: { drawing: MachineDrawing; onOpen: (place: string) => void }) {
  const leadsTo = (place: string) => drawing.edges.filter(({ from }) => from === place)
    .map(({ to, text }) => (to.split("/").pop() ?? to) + (text ? ` (${text})` : "")).join("; ");
  return (
    <ItemTable
      title="States"
      variant="embedded"
      empty="There are no states yet."
      rows={{ items: drawing.states, loading: false }}
      keyOf={({ place }) => place}
      columns={[
        { id: "name", header: "State", rowHeader: true, value: ({ name }) => name, cell: ({ name, place }) => <Button variant="inline-link" onClick={() => onOpen(place)}>{name}</Button> },
        { id: "type", header: "Type", value: ({ type }) => type, cell: ({ type }) => type },
        { id: "to", header: "Leads to", cell: ({ place }) => leadsTo(place) || "–" },
      ]}
    />
  );
}
