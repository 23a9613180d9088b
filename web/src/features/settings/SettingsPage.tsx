import type { DataLakeSettings } from "@aws-sdk/client-lakeformation";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import { ErrorBox } from "../../ui/ErrorBox";
import { Loading } from "../../ui/Loading";
import { NamesField } from "../../ui/NamesField";
import { notice } from "../../ui/notices";
import { PageFrame } from "../../ui/PageFrame";
import { useChoices } from "../../ui/principalChoices";
import { draftOf, usePutSettings, useSettings, type Draft } from "./settings";

/** The settings of the account's lake: who administers it, what is new is open to, which engines are trusted. */
export default function SettingsPage() {
  const settings = useSettings();
  return (
    <PageFrame title="Data lake settings" says="They count at once, for everybody in the account.">
      <ErrorBox fault={settings.fault} retry={settings.again} />
      {settings.loading && <Loading />}
      {settings.value && <SettingsForm key={JSON.stringify(settings.value)} settings={settings.value} />}
    </PageFrame>
  );
}

type Names = { [Key in keyof Draft]: Draft[Key] extends string[] ? Key : never }[keyof Draft];
type Switches = { [Key in keyof Draft]: Draft[Key] extends boolean ? Key : never }[keyof Draft];

function SettingsForm({ settings }: { settings: DataLakeSettings }) {
  const change = usePutSettings(settings);
  const [draft, setDraft] = useState(() => draftOf(settings));
  const roles = useChoices("roles");
  const known = roles.items.map(({ arn }) => arn);
  const names = (key: Names) => ({ names: draft[key], onChange: (chosen: string[]) => setDraft({ ...draft, [key]: chosen }) });
  const toggle = (key: Switches, label: string, description: string) => (
    <FormField>
      <Toggle checked={draft[key]} description={description} onChange={({ detail }) => setDraft({ ...draft, [key]: detail.checked })}>{label}</Toggle>
    </FormField>
  );
  const save = async () => {
    if (await change.run(draft)) notice("The settings are saved.");
  };
  return (
    <SpaceBetween size="l">
      <Part title="Administrators">
        <NamesField label="Administrators" says="They may grant everything, to themselves, too." placeholder="ARN of a role or user" known={known} {...names("administrators")} />
        <NamesField label="Read-only administrators" says="They see all names and permissions, and change none." placeholder="ARN of a role or user" known={known} {...names("readers")} />
      </Part>
      <Part title="What is made new">
        {toggle("databasesOpen", "New databases are open to whomever IAM lets in", "For lakes that move from IAM policies to grants.")}
        {toggle("tablesOpen", "New tables are open to whomever IAM lets in", "Until the grant to IAM_ALLOWED_PRINCIPALS is revoked, grants limit nobody.")}
      </Part>
      <Part title="Engines">
        {toggle("engines", "Engines outside may filter data", "They get credentials and filter rows and columns themselves.")}
        <NamesField label="Accounts of such engines" placeholder="Twelve digits" {...names("engineAccounts")} />
        <NamesField label="Session tags of such engines" says="An engine's session carries LakeFormationAuthorizedCaller with one of these values." {...names("sessionTags")} />
        {toggle("wholeTables", "Who may read a whole table gets credentials for it without an engine", "Where no row and no column is hidden.")}
      </Part>
      <Part title="Other accounts">
        <NamesField label="Owners who may see names of your people in their trail" placeholder="Twelve digits" {...names("trustedOwners")} />
      </Part>
      <ErrorBox fault={change.fault} dismiss={change.forget} />
      <Button variant="primary" loading={change.running} onClick={() => void save()}>Save settings</Button>
    </SpaceBetween>
  );
}

const Part = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <Container header={<Header variant="h2">{title}</Header>}><SpaceBetween size="m">{children}</SpaceBetween></Container>
);
