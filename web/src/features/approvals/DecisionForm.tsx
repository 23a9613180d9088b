import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { DurationField } from "../../ui/DurationField";
import { ErrorBox } from "../../ui/ErrorBox";
import { Loading } from "../../ui/Loading";
import { NamesField } from "../../ui/NamesField";
import { notice } from "../../ui/notices";
import { useTable } from "../catalog/catalog";
import { useDecide, type Approval, type Verdict } from "./approvals";
import { verdicts } from "./approvalWords";
import { askedColumns, fullTerms, givenWith, narrowingOf, tableOf, wrongTerms, type GivenTerms } from "./terms";
import { TermsTable } from "./TermsTable";

/** One's own decision: all of it, less of it, or none. */
export function DecisionForm({ approval }: { approval: Approval }) {
  const place = approval.Narrowable ? tableOf(approval) : undefined;
  const named = Boolean(approval.Asked?.Columns);
  // Who may not see the table still may give fewer columns: the names are typed then.
  const table = useTable(place?.database ?? "", place?.table ?? "", { when: place !== undefined && !named });
  if (table.loading) return <Loading />;
  // Partition keys are no choice: they come with every table.
  const found = table.value?.StorageDescriptor?.Columns ?? [];
  return <Ballot approval={approval} columns={askedColumns(approval, found.map(({ Name = "" }) => Name))} />;
}

function Ballot({ approval, columns }: { approval: Approval; columns: string[] }) {
  const [given, setGiven] = useState<GivenTerms>(() => fullTerms(approval, columns));
  const [comment, setComment] = useState("");
  const decide = useDecide();
  const wrong = approval.Narrowable ? wrongTerms(approval, columns, given) : undefined;
  const narrowed = narrowingOf(approval, columns, given);

  const send = async (verdict: Verdict) => {
    const ballot = { verdict, comment, ...(verdict === "approve" && { narrowed }) };
    if (await decide.run({ id: approval.ApprovalId ?? "", ballot })) notice("Your decision was recorded.");
  };

  return (
    <Container header={<Header variant="h2" description={approval.Narrowable ? "You may give less than was asked." : undefined}>Your decision</Header>}>
      <SpaceBetween size="m">
        {approval.Narrowable && <TermFields approval={approval} columns={columns} given={given} put={(more) => setGiven({ ...given, ...more })} />}
        {approval.Narrowable && <TermsTable asked={approval.Asked} given={givenWith(approval, narrowed)} columns={columns} />}
        {wrong && <Alert type="warning">{wrong}</Alert>}
        <FormField label="Comment" description="The requester and everybody who may see the request can read it.">
          <Textarea rows={3} value={comment} onChange={({ detail }) => setComment(detail.value)} />
        </FormField>
        <ErrorBox fault={decide.fault} dismiss={decide.forget} />
        <VerdictButtons running={decide.running} less={narrowed !== undefined} wrong={wrong !== undefined} onSend={(verdict) => void send(verdict)} />
      </SpaceBetween>
    </Container>
  );
}

interface VerdictButtonsProps {
  running: boolean;
  /** Whether who approves gives less than was asked. */
  less: boolean;
  /** Whether the terms cannot be given. */
  wrong: boolean;
  onSend: (verdict: Verdict) => void;
}

/** While one is carried out the others do nothing. They are not disabled: the focus would be lost. */
function VerdictButtons({ running, less, wrong, onSend }: VerdictButtonsProps) {
  const [sent, setSent] = useState<Verdict>();
  const send = (verdict: Verdict) => {
    if (running) return;
    setSent(verdict);
    onSend(verdict);
  };
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {verdicts.map(({ verdict, button }) => (
        <Button
          key={verdict}
          variant={verdict === "approve" ? "primary" : "normal"}
          loading={running && sent === verdict}
          disabled={verdict === "approve" && wrong}
          onClick={() => send(verdict)}
        >
          {verdict === "approve" && less ? "Approve with less" : button}
        </Button>
      ))}
    </SpaceBetween>
  );
}

interface TermFieldsProps {
  approval: Approval;
  columns: string[];
  given: GivenTerms;
  put: (more: Partial<GivenTerms>) => void;
}

const TermFields = ({ approval, columns, given, put }: TermFieldsProps) => (
  <SpaceBetween size="m">
    {columns.length > 0 ? (
      <FormField label="Columns that you give" stretch>
        <Multiselect
          selectedOptions={given.columns.map((value) => ({ value, label: value }))}
          options={columns.map((value) => ({ value, label: value }))}
          enableSelectAll
          i18nStrings={{ selectAllText: "All of them" }}
          filteringType="auto"
          filteringAriaLabel="Find columns"
          placeholder="Choose columns"
          deselectAriaLabel={({ label = "" }) => `Take out ${label}`}
          onChange={({ detail }) => put({ columns: columns.filter((name) => detail.selectedOptions.some(({ value }) => value === name)) })}
        />
      </FormField>
    ) : (
      <NamesField label="Columns that you give" says="Empty: every column. The table's columns cannot be listed for you." names={given.columns} onChange={(names) => put({ columns: names })} />
    )}
    <FormField label="Only rows where" description={approval.Asked?.RowFilter ? `In addition to: ${approval.Asked.RowFilter}` : "An SQL condition. Empty: every row that was asked for."}>
      <Input value={given.rowFilter} spellcheck={false} onChange={({ detail }) => put({ rowFilter: detail.value })} />
    </FormField>
    <DurationField label="How long you give it" value={given.seconds} onChange={(seconds) => put({ seconds })} />
  </SpaceBetween>
);
