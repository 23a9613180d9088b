import type { DataLakeSettings } from "@aws-sdk/client-lakeformation";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import { useSession } from "../../signin/useSession";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { ErrorBox } from "../../ui/ErrorBox";
import { Loading } from "../../ui/Loading";
import { NamesField } from "../../ui/NamesField";
import { notice } from "../../ui/notices";
import { PageFrame } from "../../ui/PageFrame";
import { useChoices } from "../../ui/principalChoices";
import { draftOf, givesUp, usePutSettings, useSettings, type Draft } from "./settings";

/** The settings of the account's lake: who administers it, what is new is open to, which engines are trusted. */
export default function SettingsPage() {
  const settings = useSettings();
  return (
    <PageFrame title="Data lake settings" says="Changes take effect at once, for everybody in the account.">
      <ErrorBox fault={settings.fault} retry={settings.again} />
      {settings.loading && <Loading />}
      {settings.value && <SettingsForm key={JSON.stringify(settings.value)} settings={settings.value} />}
    </PageFrame>
  );
}

type Names = { [Key in keyof Draft]: Draft[Key] extends string[] ? Key : never }[keyof Draft];
type Switches = { [Key in keyof Draft]: Draft[Key] extends boolean ? Key : never }[keyof Draft];

/** What was read, to be changed; who would take the administration away from themselves is asked first. */
function SettingsForm({ settings }: { settings: DataLakeSettings }) {
  const { arn } = useSession();
  const change = usePutSettings(settings);
  const [draft, setDraft] = useState(() => draftOf(settings));
  const [asking, setAsking] = useState(false);
  const save = async () => {
    if (await change.run(draft)) notice("The settings are saved.");
    setAsking(false);
  };
  return (
    <SpaceBetween size="l">
      <SettingsFields draft={draft} onChange={setDraft} />
      <ErrorBox fault={change.fault} dismiss={change.forget} />
      <Button variant="primary" loading={change.running} onClick={() => void (givesUp(settings, draft, arn) ? setAsking(true) : save())}>Save settings</Button>
      {asking && (
        <ConfirmDialog title="Stop administering this data lake?" confirm="Save settings" onConfirm={save} onClose={() => setAsking(false)} running={change.running}
          loses="You are no longer among the administrators. Only one of those who remain can add you again." />
      )}
    </SpaceBetween>
  );
}

function SettingsFields({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const roles = useChoices("roles");
  const known = roles.items.map(({ arn }) => arn);
  const names = (key: Names) => ({ names: draft[key], onChange: (chosen: string[]) => onChange({ ...draft, [key]: chosen }) });
  const toggle = (key: Switches, label: string, description: string) => (
    <FormField>
      <Toggle checked={draft[key]} description={description} onChange={({ detail }) => onChange({ ...draft, [key]: detail.checked })}>{label}</Toggle>
    </FormField>
  );
  return (
    <SpaceBetween size="l">
      <Part title="Administrators">
        <NamesField label="Administrators" says="They may grant everything, also to themselves." placeholder="ARN of a role or user" known={known} {...names("administrators")} />
        <NamesField label="Read-only administrators" says="They see all names and permissions, but change nothing." placeholder="ARN of a role or user" known={known} {...names("readers")} />
      </Part>
      <Part title="New databases and tables">
        {toggle("databasesOpen", "New databases are open to everybody whom IAM allows", "For lakes that move from IAM policies to grants.")}
        {toggle("tablesOpen", "New tables are open to everybody whom IAM allows", "Until the grant to IAM_ALLOWED_PRINCIPALS is revoked, grants do not limit anybody.")}
      </Part>
      <Part title="External engines">
        {toggle("engines", "External engines may filter data", "They get credentials, and filter rows and columns themselves.")}
        <NamesField label="Accounts of external engines" placeholder="Twelve digits" {...names("engineAccounts")} />
        <NamesField label="Session tags of external engines" says="An engine's session carries LakeFormationAuthorizedCaller with one of these values." {...names("sessionTags")} />
        {toggle("wholeTables", "Credentials for whole tables without an engine", "For people who may read every row and column of a table.")}
      </Part>
      <Part title="Other accounts">
        <NamesField label="Owner accounts that may see your users' names in their audit trail" placeholder="Twelve digits" {...names("trustedOwners")} />
      </Part>
    </SpaceBetween>
  );
}

const Part = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <Container header={<Header variant="h2">{title}</Header>}><SpaceBetween size="m">{children}</SpaceBetween></Container>
);
