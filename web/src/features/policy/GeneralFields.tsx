import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { NamesField } from "../../ui/NamesField";
import { mapOf, pairsOf, withoutEmpty, type PolicyDocument } from "./document";

interface GeneralFieldsProps {
  document: PolicyDocument;
  onChange: (document: PolicyDocument) => void;
}

interface Choice { value: string; label: string; description?: string }

const otherwise: Choice[] = [
  { value: "BY_SENSITIVITY", label: "By sensitivity", description: "Reading what is not sensitive is approved; otherwise the owner is asked" },
  { value: "ASK_OWNER", label: "Ask the owner" },
  { value: "DENY", label: "Deny" },
];
const onNewSensitive: Choice[] = [
  { value: "ANNOUNCE", label: "Announce it" },
  { value: "REVOKE", label: "Revoke the grants" },
];
const templates: Choice[] = ["sample-compatible", "two-step", "quorum", "ticket", "time-bound"].map((value) => ({ value, label: value }));
const kNone: Choice = { value: "", label: "None" };

/** What counts for all requests: what is done where no rule decides, what is sensitive, and what carries requests through. */
export function GeneralFields({ document, onChange }: GeneralFieldsProps) {
  // A member that says nothing is taken out: the server knows no empty ones.
  const put = (member: keyof PolicyDocument, value: unknown) => {
    const { [member]: _, ...rest } = document;
    onChange({ ...rest, ...withoutEmpty({ [member]: value }) } as PolicyDocument);
  };
  return (
    <Container>
      <SpaceBetween size="m">
        <ChoiceField label="Where no rule decides" choices={otherwise} value={document.Otherwise ?? "BY_SENSITIVITY"} onChange={(value) => put("Otherwise", value)} />
        <ChoiceField label="When granted data becomes sensitive" choices={onNewSensitive} value={document.OnNewSensitive ?? "ANNOUNCE"} onChange={(value) => put("OnNewSensitive", value)} />
        <NamesField label="LF-Tags that mark what is sensitive" says="key=value, in addition to pii_flag." names={pairsOf(document.SensitiveTags)} onChange={(pairs) => put("SensitiveTags", mapOf(pairs))} />
        <NamesField label="Other accounts whose people may ask" placeholder="Twelve digits" names={document.Requesters ?? []} onChange={(names) => put("Requesters", names)} />
        <ChoiceField label="Template that carries out requests" choices={[kNone, ...templates]} value={document.Template ?? ""} onChange={(value) => put("Template", value)} />
        <FormField label="Role of the template" description="Its machine acts as this role, which needs the grant option on what it grants.">
          <Input value={document.RoleArn ?? ""} placeholder="arn:aws:iam::111122223333:role/..." onChange={({ detail }) => put("RoleArn", detail.value)} />
        </FormField>
        <FormField label="Or a state machine of your own">
          <Input value={document.StateMachineArn ?? ""} placeholder="arn:aws:states:..." onChange={({ detail }) => put("StateMachineArn", detail.value)} />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}

interface ChoiceFieldProps {
  label: string;
  choices: Choice[];
  value: string;
  onChange: (value: string) => void;
}

const ChoiceField = ({ label, choices, value, onChange }: ChoiceFieldProps) => (
  <FormField label={label}>
    <Select options={choices} selectedOption={choices.find((one) => one.value === value) ?? { value, label: value }} onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")} />
  </FormField>
);
