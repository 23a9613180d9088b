import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type FormEvent } from "react";
import { periods } from "../../ui/periods";
import { addressOf, type Search } from "./search";

type Field = { key: keyof Search; label: string; placeholder?: string; options?: { value: string; label: string }[] };

const fields: Field[] = [
  { key: "principal", label: "Who", placeholder: "ARN, or the name of a user or role" },
  { key: "resource", label: "On what", placeholder: "database.table or an ARN" },
  { key: "event", label: "Event", placeholder: "GetTable" },
  { key: "outcome", label: "Decision", options: [{ value: "", label: "Allowed or denied" }, { value: "ALLOWED", label: "Allowed" }, { value: "DENIED", label: "Denied" }] },
  { key: "when", label: "When", options: [{ value: "", label: "Any time" }, ...periods.map(({ id, label }) => ({ value: id, label }))] },
  { key: "words", label: "Words", placeholder: "Anywhere in the record" },
  { key: "decision", label: "Decision id", placeholder: "from a refusal" },
];

const keyOf = (search: Search) => addressOf(search).toString();

/** What the trail is searched for: everything that is filled in must hold. */
export function SearchForm({ search, onSearch }: { search: Search; onSearch: (search: Search) => void }) {
  const [now, setNow] = useState(search);
  const [asked, setAsked] = useState(search);
  // Another question shows its own words, in the same fields: the focus stays where it is.
  if (keyOf(asked) !== keyOf(search)) {
    setAsked(search);
    setNow(search);
  }
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSearch(Object.fromEntries(Object.entries(now).map(([key, value]) => [key, value?.trim()])));
  };
  return (
    <form onSubmit={send} role="search" aria-label="The audit trail">
      <Container
        footer={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="primary">Search</Button>
            <Button formAction="none" onClick={() => { setNow({}); onSearch({}); }}>Clear</Button>
          </SpaceBetween>
        }
      >
        <ColumnLayout columns={4}>
          {fields.map(({ key, label, placeholder = "", options }) => {
            const put = (value: string) => setNow({ ...now, [key]: value });
            return (
              <FormField key={key} label={label}>
                {options
                  ? <Select selectedOption={options.find(({ value }) => value === (now[key] ?? "")) ?? options[0]!} options={options} onChange={({ detail }) => put(detail.selectedOption.value ?? "")} />
                  : <Input value={now[key] ?? ""} placeholder={placeholder} onChange={({ detail }) => put(detail.value)} />}
              </FormField>
            );
          })}
        </ColumnLayout>
      </Container>
    </form>
  );
}
