import "./steps.css";
import type { DataLakeSettings } from "@aws-sdk/client-lakeformation";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState, type ReactNode } from "react";
import { PageButton } from "../../ui/PageLink";
import { databasePath, useDatabases } from "../catalog/catalog";
import { CreateDatabaseDialog } from "../catalog/CreateDatabaseDialog";
import { Refused } from "../catalog/Refused";
import { useProgress, type Progress, type StepName } from "./start";

interface Step {
  name: StepName;
  title: string;
  says: string;
}

const steps: Step[] = [
  { name: "location", title: "Register a location", says: "A bucket or folder that the lake guards, and the role that reads it." },
  { name: "database", title: "Create a database", says: "A name for tables that belong together, and who answers for them." },
  { name: "table", title: "Create a table", says: "Which files it consists of, and what its columns are called. Engines can create tables as well." },
  { name: "grant", title: "Grant somebody access", says: "Nobody sees anything without a grant: to a role, a user, a group, another account." },
  { name: "people", title: "Invite people", says: "They get a mail, sign in here, see what was granted to them and ask for more." },
];

/** What turns an empty server into a lake, step by step, with what is done marked. */
export function FirstSteps({ settings }: { settings: DataLakeSettings }) {
  const progress = useProgress(settings);
  const [first] = useDatabases().items;
  const [creating, setCreating] = useState(false);
  const ways: Record<StepName, ReactNode> = {
    location: <PageButton to="/locations">Locations</PageButton>,
    database: <Button onClick={() => setCreating(true)}>Create database</Button>,
    table: first?.Name ? <PageButton to={databasePath(first.Name)}>Open {first.Name}</PageButton> : null,
    grant: <PageButton to="/permissions/grant">Grant</PageButton>,
    people: <PageButton to="/people">Users and groups</PageButton>,
  };
  return (
    <Container header={<Header variant="h2" description="Each step leads to the page that does it.">What a lake needs</Header>}>
      <ol className="steps">
        {steps.map((step) => <StepRow key={step.name} step={step} progress={progress[step.name]} way={ways[step.name]} />)}
      </ol>
      {creating && <CreateDatabaseDialog onClose={() => setCreating(false)} />}
    </Container>
  );
}

const StepRow = ({ step, progress, way }: { step: Step; progress: Progress; way: ReactNode }) => (
  <li>
    <SpaceBetween size="xxs">
      <Header variant="h3" description={step.says} actions={way}>{step.title}</Header>
      {progress.fault
        ? <Refused fault={progress.fault} />
        : <StatusIndicator type={progress.done === undefined ? "loading" : progress.done ? "success" : "pending"}>
            {progress.done === undefined ? "Checking" : progress.done ? "Done" : "To do"}
          </StatusIndicator>}
    </SpaceBetween>
  </li>
);
