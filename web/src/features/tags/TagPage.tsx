import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useParams } from "react-router";
import { ErrorBox } from "../../ui/ErrorBox";
import { PageFrame } from "../../ui/PageFrame";
import { PermissionTable } from "../permissions/PermissionTable";
import { usePermissions } from "../permissions/permissions";
import { TaggedNow } from "./TaggedNow";
import { TagValues } from "./TagValues";
import { useTag } from "./tags";

/** One LF-Tag: its values, who may use it, and what carries it. */
export default function TagPage() {
  const { tag: key = "" } = useParams();
  const tag = useTag(key);
  const values = tag.value?.TagValues ?? [];
  const [chosen, setChosen] = useState<string>();
  const value = chosen ?? values[0];
  const terms = value === undefined ? [] : [{ TagKey: key, TagValues: [value] }];
  const holders = usePermissions({ resource: { LFTag: { TagKey: key, TagValues: ["*"] } } });
  return (
    <PageFrame title={key} above={[{ text: "LF-Tags", to: "/tags" }]} says={<TagValues values={values} />}>
      <ErrorBox fault={tag.fault} retry={tag.again} />
      {values.length > 0 && (
        <Container header={<Header variant="h2">What carries it</Header>}>
          <SpaceBetween size="m">
            <FormField label="Value">
              <Select
                selectedOption={value === undefined ? null : { value, label: value }}
                options={values.map((each) => ({ value: each, label: each }))}
                onChange={({ detail }) => setChosen(detail.selectedOption.value)}
              />
            </FormField>
            <TaggedNow terms={terms} of="databases" />
            <TaggedNow terms={terms} of="tables" />
          </SpaceBetween>
        </Container>
      )}
      <PermissionTable title="Who may use it" empty="Nobody was granted anything on it." rows={holders} />
    </PageFrame>
  );
}
