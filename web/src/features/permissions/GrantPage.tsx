import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type FormEvent } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useSession } from "../../signin/useSession";
import { ErrorBox } from "../../ui/ErrorBox";
import { notice } from "../../ui/notices";
import { PageFrame } from "../../ui/PageFrame";
import { PrincipalPicker } from "../../ui/PrincipalPicker";
import { DryRunOutcome } from "../dryrun/DryRunOutcome";
import { ConditionField, conditionOf } from "./ConditionField";
import { PermissionsChoice, type Chosen } from "./PermissionsChoice";
import { useGrant, type Resource } from "./permissions";
import { ResourceFields } from "./ResourceFields";
import { kindOf, resourceOf, type Draft } from "./resources";

const nothing: Chosen = { permissions: [], grantable: [] };

/** What a person said about a grant so far. */
interface Said {
  principal: string | undefined;
  draft: Draft;
  chosen: Chosen;
  condition: string;
}

/** Begins with what the address names: ?database=, ?table=; ?principal= is whom. */
function saidBy(search: URLSearchParams): Said {
  const [database, table] = [search.get("database"), search.get("table")];
  const draft = { kind: database && !table ? "database" : "table", ...(database && { database }), ...(table && { table }) };
  return { principal: search.get("principal") ?? undefined, draft, chosen: nothing, condition: "" };
}

/** The input of GrantPermissions; undefined while something is missing. */
function grantOf({ principal, chosen: { permissions, grantable }, condition }: Said, resource: Resource | undefined) {
  if (!principal || !resource || permissions.length === 0) return undefined;
  return {
    Principal: { DataLakePrincipalIdentifier: principal },
    Resource: resource,
    Permissions: permissions,
    ...(grantable.length > 0 && { PermissionsWithGrantOption: grantable }),
    ...conditionOf(condition),
  };
}

/** The grant editor: to whom, on what, which permissions; then what it changes; then the grant. */
export default function GrantPage() {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const session = useSession();
  const [said, setSaid] = useState<Said>(() => saidBy(search));
  const change = useGrant();
  const grant = grantOf(said, resourceOf(said.draft, session));
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!grant || !(await change.run(grant))) return;
    notice("The permissions were granted.");
    void navigate(`/permissions?${new URLSearchParams({ principal: said.principal ?? "" })}`);
  };
  return (
    <PageFrame title="Grant permissions" above={[{ text: "Permissions", to: "/permissions" }]} says="What a grant changes is shown before you make it.">
      <form onSubmit={(event) => void send(event)}>
        <Form
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" formAction="none" onClick={() => void navigate("/permissions")}>Cancel</Button>
              <Button variant="primary" disabled={!grant} loading={change.running}>Grant</Button>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="l">
            <GrantFields said={said} put={(more) => setSaid((before) => ({ ...before, ...more }))} />
            <Container header={<Header variant="h2" description="The server tries the grant out. Nothing is changed yet.">What it changes</Header>}>
              <DryRunOutcome
                rehearsal={grant && { service: "lakeformation", operation: "GrantPermissions", input: grant }}
                waiting="Choose to whom, on what, and which permissions."
              />
            </Container>
            <ErrorBox fault={change.fault} />
          </SpaceBetween>
        </Form>
      </form>
    </PageFrame>
  );
}

interface GrantFieldsProps {
  said: Said;
  put: (more: Partial<Said>) => void;
}

function GrantFields({ said: { principal, draft, chosen, condition }, put }: GrantFieldsProps) {
  // Another kind of resource has other permissions.
  const describe = (next: Draft) => put({ draft: next, ...(next.kind !== draft.kind && { chosen: nothing }) });
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">To whom</Header>}>
        <PrincipalPicker picked={principal} onChange={(next) => put({ principal: next })} />
      </Container>
      <Container header={<Header variant="h2">On what</Header>}>
        <ResourceFields draft={draft} onChange={describe} />
      </Container>
      <Container header={<Header variant="h2">Which permissions</Header>}>
        <SpaceBetween size="m">
          <PermissionsChoice possible={kindOf(draft.kind).permissions} chosen={chosen} onChange={(next) => put({ chosen: next })} />
          <ConditionField value={condition} onChange={(next) => put({ condition: next })} />
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}
