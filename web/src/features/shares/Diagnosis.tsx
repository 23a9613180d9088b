import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { ErrorBox } from "../../ui/ErrorBox";
import { Loading } from "../../ui/Loading";
import { useDiagnosis, type Diagnosis as Answer } from "./shares";

type Step = NonNullable<Answer["Steps"]>[number];

const looks: Record<NonNullable<Step["State"]>, [type: StatusIndicatorProps.Type, says: string]> = {
  DONE: ["success", "Done"],
  MISSING: ["error", "Missing"],
  OPTIONAL: ["info", "Not needed"],
  OTHER_ACCOUNT: ["pending", "Known to the other account only"],
};

interface DiagnosisProps {
  from: string;
  to: string;
  resource: string;
  principal?: string | undefined;
}

/** Where sharing something stands: every step it takes, drawn as a checklist; of the first that is missing who takes it, and how. */
export function Diagnosis({ from, to, resource, principal }: DiagnosisProps) {
  const { value, fault, loading, again } = useDiagnosis(from, to, resource, principal);
  if (fault) return <ErrorBox fault={fault} retry={again} />;
  if (loading || !value) return <Loading what="Checking each step" />;
  return (
    <SpaceBetween size="s">
      {value.Missing && (
        <Alert type="warning" header={`Next: ${value.Missing.Name}`}>
          <span className="breakable">By {value.Missing.Who}. </span><Remedy text={value.Missing.Remedy} />
        </Alert>
      )}
      {value.Complete && <Alert type="success">Nothing is missing.</Alert>}
      <ol className="plain-list">
        {(value.Steps ?? []).map((step) => <StepLine key={step.Name} step={step} />)}
      </ol>
    </SpaceBetween>
  );
}

function StepLine({ step: { Name, State, Says, Who, Remedy: remedy } }: { step: Step }) {
  const [type, says] = looks[State ?? "MISSING"];
  return (
    <li>
      <StatusIndicator type={type} iconAriaLabel={says}>{Name}</StatusIndicator>
      <Box color="text-body-secondary" padding={{ bottom: "xs" }}>
        <span className="breakable">{Says}</span>
        {remedy && <div>{Who}: <Remedy text={remedy} /></div>}
      </Box>
    </li>
  );
}

/** A remedy is a sentence, or a command that can be copied. */
const Remedy = ({ text = "" }: { text: string | undefined }) =>
  /^(aws|weir) /.test(text)
    ? <span className="mono"><CopyToClipboard variant="inline" textToCopy={text} textToDisplay={text} copyButtonAriaLabel="Copy the command" copySuccessText="Copied" copyErrorText="Not copied" /></span>
    : <span className="breakable">{text}</span>;
