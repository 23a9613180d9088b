import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { DurationField } from "../../ui/DurationField";
import { PrincipalPicker } from "../../ui/PrincipalPicker";
import { useSettled } from "../../ui/settled";
import { ItemFields } from "../requests/ItemFields";
import { PreviewBox } from "../requests/PreviewBox";
import { usePreview } from "../requests/requests";
import { emptyDraft, isWide, wantedOf, type Draft } from "../requests/wanted";

/** What the policy as it stands in the editor would make of a request. Nothing is asked of anybody, and nothing is set. */
export function PolicyTrial({ policy }: { policy: string }) {
  const [draft, setDraft] = useState<Draft>(() => ({ ...emptyDraft(undefined), seconds: undefined }));
  const put = (more: Partial<Draft>) => setDraft((before) => ({ ...before, ...more }));
  const asked = wantedOf(draft);
  const settled = useSettled(asked && { ...asked, Policy: policy });
  const preview = usePreview(settled);
  return (
    <div className="beside">
      <Container header={<Header variant="h2">If somebody asked</Header>}>
        <SpaceBetween size="m">
          {draft.items.map((item, index) => (
            <ItemFields key={index} item={item} elsewhere={false} onChange={(next) => put({ items: draft.items.with(index, next) })} />
          ))}
          <PrincipalPicker label="Recipient" kinds={["role", "user", "saml-group", "saml-user", "account", "organization", "arn"]} onChange={(target) => put({ target, grantable: target !== undefined && isWide(target) })} />
          <DurationField label="How long" says="Leave empty for no end." value={draft.seconds} onChange={(seconds) => put({ seconds })} />
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">This would happen</Header>}>
        <div aria-live="polite">
          <PreviewBox wanted={settled} preview={preview} />
          <Box variant="small">Tried with the text in the editor, whether it is set or not.</Box>
        </div>
      </Container>
    </div>
  );
}
