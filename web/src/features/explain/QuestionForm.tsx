import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type FormEvent } from "react";
import { useNavigate } from "react-router";
import { useSession } from "../../signin/useSession";
import { lakePrincipal } from "../../ui/principals";
import { WhoField } from "../../ui/WhoField";
import { ResourcePicker, type Picked } from "../catalog/ResourcePicker";
import { pathOfQuestion, permissions, type Question } from "./explain";

const resourceOf = ({ database, table, columns }: Picked) => [database, table, columns?.[0]].filter(Boolean).join(".");

const kinds = [
  { value: "picked", label: "A database, a table or a column" },
  { value: "written", label: "By its name", description: "database.table.column, s3://bucket/path, or * for the whole catalog." },
];

interface QuestionFormProps {
  asked: Question;
  /** Called with the query of the address that the form is about to go to. */
  onAsk: (query: string) => void;
}

/** Who, what, on what. Everybody may ask about themselves; the server says who may ask about others. */
export function QuestionForm({ asked, onAsk }: QuestionFormProps) {
  const navigate = useNavigate();
  const self = lakePrincipal(useSession().arn);
  const [who, setWho] = useState<string | undefined>(asked.Principal ?? self);
  const [action, setAction] = useState(asked.Action ?? permissions[0]);
  const [kind, setKind] = useState(asked.Resource ? "written" : "picked");
  const [picked, setPicked] = useState<Picked>({});
  const [written, setWritten] = useState(asked.Resource ?? "");
  const [option, setOption] = useState(asked.GrantOption ?? false);
  const resource = kind === "picked" ? resourceOf(picked) : written.trim();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!who || !resource) return;
    const path = pathOfQuestion({ Principal: who, Action: action, Resource: resource, GrantOption: option });
    onAsk(path.slice(path.indexOf("?") + 1));
    void navigate(path);
  };
  return (
    <form onSubmit={send}>
      <Container header={<Header variant="h2">The question</Header>} footer={<Button variant="primary" disabled={!who || !resource}>Explain</Button>}>
        <SpaceBetween size="m">
          <WhoField asked={asked.Principal} onChange={setWho} />
          <FormField label="What">
            <Select
              selectedOption={{ value: action, label: action }}
              options={permissions.map((value) => ({ value, label: value }))}
              onChange={({ detail }) => setAction(detail.selectedOption.value ?? permissions[0])}
            />
          </FormField>
          <FormField label="On what"><RadioGroup value={kind} items={kinds} onChange={({ detail }) => setKind(detail.value)} /></FormField>
          {kind === "picked"
            ? <ResourcePicker depth="column" value={picked} onChange={setPicked} />
            : <FormField label="Name"><Input value={written} onChange={({ detail }) => setWritten(detail.value)} /></FormField>}
          <Checkbox checked={option} onChange={({ detail }) => setOption(detail.checked)}>With the grant option: may it be passed on?</Checkbox>
        </SpaceBetween>
      </Container>
    </form>
  );
}
