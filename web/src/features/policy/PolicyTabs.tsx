import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Tabs from "@cloudscape-design/components/tabs";
import { CodeEditor } from "../../ui/CodeEditor";
import { readDocument, writeDocument, type PolicyDocument } from "./document";
import { GeneralFields } from "./GeneralFields";
import { PolicyTrial } from "./PolicyTrial";
import { RuleList } from "./RuleList";

interface PolicyTabsProps {
  text: string;
  onChange: (text: string) => void;
}

/** One policy in two forms, and what it would do. The text is what is true: the form is made from it, and changes it. */
export function PolicyTabs({ text, onChange }: PolicyTabsProps) {
  const read = readDocument(text);
  const change = (document: PolicyDocument) => onChange(writeDocument(document));
  const asForm = (form: (document: PolicyDocument) => React.ReactNode) =>
    "document" in read ? form(read.document) : <Alert type="warning">{read.fault} Correct the text to see the form.</Alert>;
  return (
    <Tabs
      ariaLabel="The policy"
      i18nStrings={{ scrollLeftAriaLabel: "Show earlier tabs", scrollRightAriaLabel: "Show later tabs" }}
      tabs={[
        { id: "rules", label: "Rules", content: asForm((document) => <RuleList rules={document.Rules ?? []} onChange={(Rules) => change({ ...document, Rules })} />) },
        { id: "general", label: "Where no rule decides", content: asForm((document) => <GeneralFields document={document} onChange={change} />) },
        {
          id: "text", label: "As text",
          content: (
            <FormField label="The policy as JSON" stretch errorText={"fault" in read ? read.fault : ""}>
              <CodeEditor label="The policy as JSON" text={text} onChange={onChange} />
            </FormField>
          ),
        },
        { id: "trial", label: "Try it", content: <PolicyTrial policy={text} /> },
      ]}
    />
  );
}
