import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import TokenGroup from "@cloudscape-design/components/token-group";
import { useState } from "react";
import type { Fault } from "../../api/errors";
import { ErrorBox } from "../../ui/ErrorBox";
import { FormDialog } from "../../ui/FormDialog";
import { notice } from "../../ui/notices";
import { PrincipalPicker } from "../../ui/PrincipalPicker";
import { principalWords } from "../../ui/principals";
import { ResourcePicker } from "../catalog/ResourcePicker";
import { lacking, linkName, sharedText, stepsOf, type Plan, type Shared, type Step } from "./shared";
import { usePlan, type Progress } from "./usePlan";

interface UseShareDialogProps {
  /** The invitation to accept; absent where the share is in force already. */
  invitation?: string;
  shared: Shared[];
  /** Why it could not be told what is shared. */
  untold?: Fault | undefined;
  onClose: () => void;
}

/** Accepts a share, links to what it brings, and passes it on to people of the account: one dialog, one list of steps. */
export function UseShareDialog({ invitation, shared, untold, onClose }: UseShareDialogProps) {
  const [plan, setPlan] = useState<Plan>({ ...(invitation && { invitation }), shared, link: true, names: {}, readers: [] });
  const steps = stepsOf(plan);
  const progress = usePlan(steps);
  const begun = progress.done > 0 || progress.running; // what is done is done: the plan stands from then on
  const lacks = lacking(plan);
  const submit = async () => {
    if (await progress.run()) { notice("What was shared can be used now."); onClose(); }
  };
  return (
    <FormDialog
      title={invitation ? "Accept and use a share" : "Use what is shared"}
      submit={progress.fault ? "Go on" : invitation ? "Accept" : "Carry out"}
      size="large"
      onSubmit={submit}
      onClose={onClose}
      running={progress.running}
      fault={progress.fault}
      disabled={lacks !== undefined}
    >
      <ErrorBox fault={untold} />
      {shared[0] && <Box>From account {shared[0].account}: {shared.map(sharedText).join(", ")}.</Box>}
      {!begun && <PlanFields plan={plan} onChange={setPlan} />}
      {lacks ? <Box color="text-status-inactive"><span role="status">{lacks}</span></Box> : <Steps steps={steps} progress={progress} />}
    </FormDialog>
  );
}

interface PlanFieldsProps {
  plan: Plan;
  onChange: (plan: Plan) => void;
}

function PlanFields({ plan, onChange }: PlanFieldsProps) {
  const { shared, link, into, names } = plan;
  return (
    <SpaceBetween size="m">
      <Checkbox checked={link} description="A link is a name of your own for what lies in another account: engines that name no catalog need one." onChange={({ detail }) => onChange({ ...plan, link: detail.checked })}>
        Make resource links
      </Checkbox>
      {link && shared.some(({ table }) => table) && (
        <ResourcePicker depth="database" value={{ ...(into && { database: into }) }} onChange={({ database = "" }) => onChange({ ...plan, into: database })} />
      )}
      {link && (
        <ColumnLayout columns={2}>
          {shared.filter(({ database }) => database).map((each) => (
            <FormField key={sharedText(each)} label={`Name of the link to ${sharedText(each)}`}>
              <Input value={linkName(names, each)} spellcheck={false} onChange={({ detail }) => onChange({ ...plan, names: { ...names, [sharedText(each)]: detail.value } })} />
            </FormField>
          ))}
        </ColumnLayout>
      )}
      <ReadersField plan={plan} onChange={onChange} />
    </SpaceBetween>
  );
}

function ReadersField({ plan, onChange }: PlanFieldsProps) {
  const [picked, setPicked] = useState<string>();
  const [round, setRound] = useState(0); // a new picker once its principal was taken
  const add = () => {
    if (!picked) return;
    onChange({ ...plan, readers: [...new Set([...plan.readers, picked])] });
    setPicked(undefined);
    setRound(round + 1);
  };
  return (
    <SpaceBetween size="xs">
      <PrincipalPicker key={round} label="Reader" kinds={["role", "user", "saml-group", "saml-user", "everybody"]} onChange={setPicked} />
      <Button formAction="none" disabled={!picked} onClick={add}>Let them read</Button>
      <TokenGroup
        items={plan.readers.map((id) => ({ label: principalWords(id).name, labelTag: principalWords(id).kind, dismissLabel: `Take out ${principalWords(id).name}` }))}
        onDismiss={({ detail }) => onChange({ ...plan, readers: plan.readers.filter((_, at) => at !== detail.itemIndex) })}
      />
    </SpaceBetween>
  );
}

function textOf(step: Step): string {
  switch (step.does) {
    case "accept": return "Accept the invitation";
    case "link": return `Make the link ${step.into ? `${step.into}.` : ""}${step.name} to ${sharedText(step.to)}`;
    case "grant-link": return `Let ${principalWords(step.reader).name} see the link ${step.name}`;
    case "grant": return `Let ${principalWords(step.reader).name} ${step.on.table ? "read" : "see"} ${sharedText(step.on)}`;
  }
}

function stateOf(at: number, { done, running, fault }: Progress): StatusIndicatorProps.Type {
  if (at < done) return "success";
  if (at > done) return "pending";
  return running ? "in-progress" : fault ? "error" : "pending";
}

const Steps = ({ steps, progress }: { steps: Step[]; progress: Progress }) => (
  <div>
    <Box variant="h3">What is done</Box>
    <ol className="plain-list">
      {steps.map((step, at) => (
        <li key={textOf(step)}><StatusIndicator type={stateOf(at, progress)}>{textOf(step)}</StatusIndicator></li>
      ))}
    </ol>
  </div>
);
