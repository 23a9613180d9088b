import Alert from "@cloudscape-design/components/alert";
import Button, { type ButtonProps } from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useRef, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useSession } from "../../signin/useSession";
import { ErrorBox } from "../../ui/ErrorBox";
import { notice } from "../../ui/notices";
import { PageFrame } from "../../ui/PageFrame";
import { pathTo } from "../../ui/PageLink";
import { useSettled } from "../../ui/settled";
import { ItemFields } from "./ItemFields";
import { missingWords } from "./outcome";
import { PreviewBox } from "./PreviewBox";
import { useAsk, usePreview } from "./requests";
import { TermsFields } from "./TermsFields";
import { emptyDraft, emptyItem, grantableOf, wantedOf, type Draft } from "./wanted";

/** Asks for access. What the policy will make of it is shown before anybody is asked. */
export default function RequestWizardPage() {
  const session = useSession();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const own = grantableOf(session.arn);
  const [draft, setDraft] = useState(() => emptyDraft(own, search.get("database") ?? "", search.get("table") ?? "", search.get("catalog") ?? ""));
  const put = (more: Partial<Draft>) => setDraft((before) => ({ ...before, ...more }));
  const wanted = wantedOf(draft);
  // One for what is wanted: a request that was sent, and whose answer was lost, is not made twice; another one is another.
  const asked = JSON.stringify(wanted);
  const token = useMemo(() => asked && crypto.randomUUID(), [asked]);
  const settled = useSettled(wanted);
  const preview = usePreview(settled);
  const missing = wanted ? missingWords(wanted, preview.value) : [];
  const ask = useAsk();

  const send = async () => {
    if (!wanted) return;
    const made = await ask.run({ ...wanted, ClientToken: token });
    if (!made?.RequestId) return;
    notice("The request was sent. You can follow it here.");
    void navigate(pathTo("requests", made.CatalogId ?? session.account, made.RequestId));
  };

  return (
    <PageFrame title="Request access" above={[{ text: "My requests", to: "/requests" }]} says="Say what you need and why. The catalog's policy decides who is asked.">
      <NeedFields draft={draft} put={put} />
      <TermsFields draft={draft} put={put} own={own} missing={missing} />
      <Container header={<Header variant="h2">What will happen</Header>}>
        <div aria-live="polite"><PreviewBox wanted={settled} preview={preview} /></div>
      </Container>
      <ErrorBox fault={ask.fault} dismiss={ask.forget} />
      {missing.length > 0 && <Alert type="warning">The policy requires {missing.map((one) => `a ${one}`).join(" and ")}.</Alert>}
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="primary" loading={ask.running} disabled={!wanted || missing.length > 0} onClick={() => void send()}>Send the request</Button>
        <Button variant="link" onClick={() => void navigate("/requests")}>Cancel</Button>
      </SpaceBetween>
    </PageFrame>
  );
}

interface NeedFieldsProps {
  draft: Draft;
  put: (more: Partial<Draft>) => void;
}

/** The things that are asked for, and in whose catalog they are. */
function NeedFields({ draft: { items, catalog }, put }: NeedFieldsProps) {
  const add = useRef<ButtonProps.Ref>(null);
  const remove = (index: number) => {
    add.current?.focus(); // the button that was pressed goes with its item
    put({ items: items.toSpliced(index, 1) });
  };
  return (
    <Container header={<Header variant="h2">What you need</Header>}>
      <SpaceBetween size="l">
        {items.map((item, index) => (
          <div key={index} role="group" aria-label={`Item ${index + 1}`}>
            <ItemFields item={item} elsewhere={catalog !== ""} onChange={(next) => put({ items: items.with(index, next) })} />
            {items.length > 1 && <Button variant="inline-link" ariaLabel={`Remove item ${index + 1}`} onClick={() => remove(index)}>Remove</Button>}
          </div>
        ))}
        <Button ref={add} iconName="add-plus" disabled={items.length >= 50} onClick={() => put({ items: [...items, emptyItem(items.at(-1)?.database)] })}>Add another table</Button>
        <ExpandableSection headerText="The data is in the catalog of another account">
          <FormField label="Account of the catalog" description="Twelve digits. Its policy says whether people of this account may ask.">
            <Input value={catalog} inputMode="numeric" onChange={({ detail }) => put({ catalog: detail.value.trim() })} />
          </FormField>
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}
