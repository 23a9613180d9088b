import FormField from "@cloudscape-design/components/form-field";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Input from "@cloudscape-design/components/input";

interface ConditionFieldProps {
  value: string;
  onChange: (condition: string) => void;
}

/** A condition that tags of the principal must meet; most have none, so it is folded away. */
export const ConditionField = ({ value, onChange }: ConditionFieldProps) => (
  <ExpandableSection headerText="Only under a condition">
    <FormField label="Condition on the principal's tags" constraintText={'In Cedar: context.iam.principalTags.getTag("team") == "finance"'} stretch>
      <Input value={value} spellcheck={false} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  </ExpandableSection>
);

/** The member of a request that says the condition; none for no text. */
export const conditionOf = (text: string): { Condition?: { Expression: string } } =>
  (text.trim() ? { Condition: { Expression: text.trim() } } : {});
