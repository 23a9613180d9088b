import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { AccessOutcome, AccessStep } from "../../api/weir.gen";
import { durationText } from "../../ui/duration";
import { PrincipalText } from "../../ui/PrincipalText";
import { verdictWords } from "./outcome";

interface OutcomeBoxProps {
  outcome: AccessOutcome;
  /** Where it takes something away from what was asked. */
  cuts?: string[];
}

const Sentences = ({ title, items }: { title: string; items: string[] | undefined }) =>
  items?.length ? (
    <div>
      <Box variant="strong">{title}</Box>
      <ul className="plain-list">{items.map((item) => <li key={item}>{item}</li>)}</ul>
    </div>
  ) : null;

/** What an approval policy makes of a request: at once, after whom, or not, and why. */
export function OutcomeBox({ outcome, cuts = [] }: OutcomeBoxProps) {
  const { type, says } = verdictWords[outcome.Verdict ?? "DENY"];
  return (
    <Alert type={type} header={says}>
      <SpaceBetween size="s">
        <Sentences title="Because" items={outcome.Because} />
        {outcome.Steps?.length ? <StepList steps={outcome.Steps} /> : null}
        <Sentences title="Less than was asked" items={cuts} />
        {outcome.Sensitive && <Sentences title="It is sensitive" items={outcome.SensitiveBecause} />}
      </SpaceBetween>
    </Alert>
  );
}

/** Steps of approval in their order: who is asked, how many must agree, and for how long they are waited for. */
const StepList = ({ steps }: { steps: AccessStep[] }) => (
  <div>
    <Box variant="strong">{steps.length === 1 ? "Who decides" : `Who decides, in ${steps.length} steps`}</Box>
    <ol className="plain-list">
      {steps.map((step) => (
        <li key={step.Name}>
          <b>{step.Name}</b>: {step.Quorum && step.Quorum > 1 ? `${step.Quorum} of ` : ""}
          {step.Approvers?.map((approver, index) => <span key={approver}>{index > 0 && ", "}<PrincipalText id={approver} /></span>)}
          {step.TimeoutSeconds ? `, within ${durationText(step.TimeoutSeconds)}` : ""}
        </li>
      ))}
    </ol>
  </div>
);
