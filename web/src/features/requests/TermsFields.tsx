import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { DurationField } from "../../ui/DurationField";
import { PrincipalPicker } from "../../ui/PrincipalPicker";
import { principalWords } from "../../ui/principals";
import { isWide, permissions, type Draft } from "./wanted";

interface TermsFieldsProps {
  draft: Draft;
  put: (more: Partial<Draft>) => void;
  /** Whom a grant to the person would be made to; some cannot be granted to. */
  own: string | undefined;
  missing: ("purpose" | "ticket")[];
}

/** For whom, for how long and what for. */
export const TermsFields = ({ draft, put, own, missing }: TermsFieldsProps) => (
  <SpaceBetween size="l">
    <WhomFields draft={draft} put={put} own={own} />
    <Container header={<Header variant="h2">How long and what for</Header>}>
      <SpaceBetween size="m">
        <DurationField label="How long" says="Leave empty for no end, where the policy allows it." value={draft.seconds} onChange={(seconds) => put({ seconds })} />
        <FormField label={missing.includes("purpose") ? "Purpose (required by the policy)" : "Purpose"} description="Who decides reads this.">
          <Textarea rows={3} value={draft.purpose} onChange={({ detail }) => put({ purpose: detail.value })} />
        </FormField>
        <FormField label={missing.includes("ticket") ? "Ticket (required by the policy)" : "Ticket"}>
          <Input value={draft.ticket} onChange={({ detail }) => put({ ticket: detail.value })} />
        </FormField>
      </SpaceBetween>
    </Container>
  </SpaceBetween>
);

function WhomFields({ draft, put, own }: Omit<TermsFieldsProps, "missing">) {
  const [other, setOther] = useState(own === undefined);
  return (
    <Container header={<Header variant="h2">For whom</Header>}>
      <SpaceBetween size="m">
        <RadioGroup
          ariaLabel="For whom"
          value={other ? "other" : "own"}
          items={[
            { value: "own", label: own ? `${principalWords(own).kind} ${principalWords(own).name}, which you are signed in with` : "Yourself", disabled: own === undefined,
              description: own?.includes(":role/") ? "Everybody who takes this role gets it." : "" },
            { value: "other", label: "Somebody else, or an account" },
          ]}
          onChange={({ detail }) => { setOther(detail.value === "other"); put({ target: detail.value === "own" ? own : undefined, grantable: false }); }}
        />
        {other && <PrincipalPicker label="Recipient" kinds={["role", "user", "saml-group", "saml-user", "account", "organization", "arn"]} onChange={(target) => put({ target, grantable: target !== undefined && isWide(target) })} />}
        <FormField label="Permissions" description="For whole tables. Some columns or rows can only be read.">
          <Multiselect
            ariaLabel="Permissions"
            selectedOptions={draft.permissions.map((value) => ({ value, label: value }))}
            options={permissions.map((value) => ({ value, label: value }))}
            deselectAriaLabel={({ label = "" }) => `Take out ${label}`}
            onChange={({ detail }) => put({ permissions: detail.selectedOptions.map(({ value = "" }) => value) })}
          />
        </FormField>
        <Checkbox checked={draft.grantable} onChange={({ detail }) => put({ grantable: detail.checked })}>May be passed on to others</Checkbox>
      </SpaceBetween>
    </Container>
  );
}
