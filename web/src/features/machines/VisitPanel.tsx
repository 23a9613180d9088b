import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { FactList } from "../../ui/FactList";
import { JsonText } from "../../ui/JsonText";
import { PageLink, pathTo } from "../../ui/PageLink";
import { TimeText } from "../../ui/TimeText";
import type { State } from "./asl";
import { lasted } from "./durations";
import { visitWords, type Visit } from "./history";

const optionOf = (visit: Visit, at: number) => ({
  value: String(visit.id),
  label: visit.item === undefined ? `Visit ${at + 1}: ${visitWords[visit.status]}` : `Item ${visit.item}: ${visitWords[visit.status]}`,
});

/** What happened to one state: each time it was entered. */
export function VisitPanel({ state, visits }: { state: State | undefined; visits: Visit[] }) {
  const [chosen, setChosen] = useState<string>();
  const visit = visits.find(({ id }) => String(id) === chosen) ?? visits.at(-1);
  if (!state) return <Box color="text-status-inactive">Choose a state of the drawing to see what happened to it.</Box>;
  const options = visits.map(optionOf);
  return (
    <SpaceBetween size="s">
      <Header variant="h3" description={state.type}>{state.name}</Header>
      {visits.length > 1 && (
        <Select
          ariaLabel="Which visit"
          options={options}
          selectedOption={options.find(({ value }) => value === String(visit?.id)) ?? null}
          onChange={({ detail }) => setChosen(detail.selectedOption.value)}
        />
      )}
      {visit ? <VisitFacts visit={visit} /> : <Box>The execution did not enter this state.</Box>}
      <Box variant="awsui-key-label">Definition</Box>
      <JsonText name="Definition" text={JSON.stringify(state.definition)} />
    </SpaceBetween>
  );
}

/** The id of the decision, where the task was refused: tasks' causes carry the sentence of the service they called. */
const decisionIn = (cause: string) => /\(decision ([\w-]+)\)/.exec(cause)?.[1];

function VisitError({ error, cause }: { error: string; cause: string }) {
  const decision = decisionIn(cause);
  return (
    <div>
      <Box variant="awsui-key-label">Error</Box>
      <Box color="text-status-error"><span className="breakable">{error}{cause && `: ${cause}`}</span></Box>
      {decision && <PageLink to={pathTo("explain", decision)}>Why?</PageLink>}
    </div>
  );
}

const VisitFacts = ({ visit }: { visit: Visit }) => (
  <SpaceBetween size="s">
    <FactList
      columns={2}
      items={[
        { label: "What happened", value: visitWords[visit.status] },
        { label: "Entered", value: <TimeText at={visit.entered} /> },
        { label: "Took", value: lasted(visit.entered, visit.left) },
        { label: "Tried", value: visit.attempts > 0 ? `${visit.attempts} ${visit.attempts === 1 ? "time" : "times"}` : "–" },
      ]}
    />
    {visit.error !== undefined && <VisitError error={visit.error} cause={visit.cause ?? ""} />}
    <div><Box variant="awsui-key-label">Input</Box><JsonText name="Input" text={visit.input} /></div>
    <div><Box variant="awsui-key-label">Output</Box><JsonText name="Output" text={visit.output} /></div>
  </SpaceBetween>
);
