import Button, { type ButtonProps } from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef } from "react";
import { DurationField } from "../../ui/DurationField";
import { NamesField } from "../../ui/NamesField";
import type { Step, Then } from "./document";

interface ThenFieldsProps {
  then: Then;
  put: (more: Partial<Then>) => void;
}

const effects = [
  { value: "approve", label: "Approve at once" },
  { value: "ask", label: "Ask people" },
  { value: "deny", label: "Deny" },
  { value: "none", label: "Only limit what other rules give" },
];

const effectOf = (then: Then) => (then.AutoApprove ? "approve" : then.Require ? "ask" : then.Deny !== undefined ? "deny" : "none");

/** Exactly one of the effects that decide, or none. */
const deciding = (effect: string): Partial<Then> => ({
  AutoApprove: effect === "approve", Deny: effect === "deny" ? "Not given away" : undefined,
  Require: effect === "ask" ? [{ Name: "owner", Approvers: ["owner"] }] : undefined,
} as Partial<Then>);

const flags: { member: "NoGrantOption" | "PurposeRequired" | "TicketRequired"; label: string }[] = [
  { member: "NoGrantOption", label: "It may not be passed on" },
  { member: "PurposeRequired", label: "A purpose is required" },
  { member: "TicketRequired", label: "A ticket is required" },
];

/** What a rule does: decides, and limits. */
export const ThenFields = ({ then, put }: ThenFieldsProps) => (
  <SpaceBetween size="m">
    <RadioGroup ariaLabel="What it does" value={effectOf(then)} items={effects} onChange={({ detail }) => put(deciding(detail.value))} />
    {then.Deny !== undefined && <FormField label="Reason" description="Who is denied reads it."><Input value={then.Deny} onChange={({ detail }) => put({ Deny: detail.value })} /></FormField>}
    {then.Require && <StepFields steps={then.Require} onChange={(Require) => put({ Require })} />}
    <DurationField label="Maximum duration" says="Leave empty for no maximum." value={then.MaxDurationSeconds} onChange={(MaxDurationSeconds) => put({ MaxDurationSeconds } as Partial<Then>)} />
    <NamesField label="Columns that are never given" says="Names; * stands for any characters." names={then.ExcludeColumns ?? []} onChange={(ExcludeColumns) => put({ ExcludeColumns })} />
    {flags.map(({ member, label }) => (
      <Checkbox key={member} checked={then[member] ?? false} onChange={({ detail }) => put({ [member]: detail.checked })}>{label}</Checkbox>
    ))}
  </SpaceBetween>
);

interface StepFieldsProps {
  steps: Step[];
  onChange: (steps: Step[]) => void;
}

function StepFields({ steps, onChange }: StepFieldsProps) {
  const add = useRef<ButtonProps.Ref>(null);
  const remove = (index: number) => {
    add.current?.focus(); // the button that was pressed goes with its step
    onChange(steps.toSpliced(index, 1));
  };
  return (
    <SpaceBetween size="s">
      {steps.map((step, index) => (
        <div key={index} role="group" aria-label={`Step ${index + 1}`}>
          <SpaceBetween size="s">
            <StepPart step={step} label={`Step ${index + 1}`} onChange={(next) => onChange(steps.with(index, next))} />
            {steps.length > 1 && <Button formAction="none" onClick={() => remove(index)}>Remove step {index + 1}</Button>}
          </SpaceBetween>
        </div>
      ))}
      <Button ref={add} formAction="none" iconName="add-plus" disabled={steps.length >= 10} onClick={() => onChange([...steps, { Name: `step ${steps.length + 1}`, Approvers: [] }])}>Add a step</Button>
    </SpaceBetween>
  );
}

const StepPart = ({ step, label, onChange }: { step: Step; label: string; onChange: (step: Step) => void }) => (
  <SpaceBetween size="s">
    <FormField label={`${label}: name`}><Input value={step.Name} onChange={({ detail }) => onChange({ ...step, Name: detail.value })} /></FormField>
    <NamesField
      label={`${label}: who is asked`}
      says="Mail addresses, ARNs of users, roles, SAML users, groups and topics, channel:NAME, owner, steward."
      known={["owner", "steward"]}
      names={step.Approvers}
      onChange={(Approvers) => onChange({ ...step, Approvers })}
    />
    <FormField label={`${label}: how many must approve`}>
      <Input type="number" inputMode="numeric" value={String(step.Quorum ?? 1)} onChange={({ detail }) => onChange({ ...step, Quorum: Math.max(1, Math.round(Number(detail.value)) || 1) })} />
    </FormField>
    <DurationField label={`${label}: time limit`} says="Leave empty for the database's own limit, else 14 days." value={step.TimeoutSeconds} onChange={(seconds) => onChange(timed(step, seconds))} />
  </SpaceBetween>
);

function timed({ TimeoutSeconds: _, ...step }: Step, seconds: number | undefined): Step {
  return { ...step, ...(seconds !== undefined && { TimeoutSeconds: seconds }) };
}
