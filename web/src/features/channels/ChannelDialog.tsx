import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog";
import { NamesField } from "../../ui/NamesField";
import { notice } from "../../ui/notices";
import { eventTypes, kinds, usePutChannel, type ChannelSummary, type Kind } from "./channels";

interface ChannelDialogProps {
  /** The one that is changed; a new one when absent. */
  channel: ChannelSummary | undefined;
  onClose: () => void;
  /** Called with a secret that the server made: it tells it once. */
  onSecret: (secret: string) => void;
}

/** A channel as it is filled in. */
interface Draft {
  name: string;
  kind: Kind;
  url: string;
  secret: string;
  events: string[];
  database: string;
  table: string;
}

const draftOf = (channel: ChannelSummary | undefined): Draft => ({
  name: channel?.Name ?? "", kind: channel?.Kind ?? "slack", url: "", secret: "",
  events: channel?.EventTypes ?? [], database: channel?.Database ?? "", table: channel?.Table ?? "",
});

const kindOf = (kind: Kind) => kinds.find(({ value }) => value === kind);

const requestOf = ({ name, kind, url, secret, events, database, table }: Draft) => ({
  Name: name, Kind: kind, Url: url, ...(kindOf(kind)?.secret && secret && { Secret: secret }), EventTypes: events,
  ...(database && { Database: database }), ...(database && table && { Table: table }),
});

/** Makes or changes a channel. The address is never shown again, so that a change gives it anew. */
export function ChannelDialog({ channel, onClose, onSecret }: ChannelDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(channel));
  const change = usePutChannel();
  const send = async () => {
    const made = await change.run(requestOf(draft));
    if (!made) return;
    if (made.Secret) onSecret(made.Secret);
    notice(`The channel ${draft.name} was ${channel ? "changed" : "added"}.`);
    onClose();
  };
  return (
    <FormDialog
      title={channel ? `Change the channel ${channel.Name ?? ""}` : "Add a channel"} submit={channel ? "Change" : "Add"}
      onSubmit={send} onClose={onClose} running={change.running} fault={change.fault} disabled={!draft.name || !draft.url}
    >
      <ChannelFields channel={channel} draft={draft} put={(more) => setDraft((before) => ({ ...before, ...more }))} />
    </FormDialog>
  );
}

interface ChannelFieldsProps {
  channel: ChannelSummary | undefined;
  draft: Draft;
  put: (more: Partial<Draft>) => void;
}

const ChannelFields = ({ channel, draft: { name, kind, url, secret, events, database, table }, put }: ChannelFieldsProps) => (
  <SpaceBetween size="m">
    <FormField label="Name"><Input value={name} disabled={channel !== undefined} onChange={({ detail }) => put({ name: detail.value })} /></FormField>
    <FormField label="Kind"><Select options={kinds} selectedOption={kindOf(kind) ?? null} onChange={({ detail }) => put({ kind: detail.selectedOption.value as Kind })} /></FormField>
    <FormField label="Address" description={channel ? `Currently ${channel.Url ?? ""}. The address is stored encrypted: enter it again.` : "Whoever has it can post there. It is stored encrypted and not shown again."}>
      <Input value={url} type="url" autoComplete={false} placeholder="https://" onChange={({ detail }) => put({ url: detail.value })} />
    </FormField>
    {kindOf(kind)?.secret && (
      <FormField label="Secret" description="Messages are signed with it. Leave empty to keep the current one; signed messages get a new one where there is none.">
        <Input type="password" autoComplete="off" value={secret} onChange={({ detail }) => put({ secret: detail.value })} />
      </FormField>
    )}
    <NamesField label="Events" says="Empty: every event. * stands for any characters." known={eventTypes} names={events} onChange={(chosen) => put({ events: chosen })} />
    <FormField label="Only about this database"><Input value={database} onChange={({ detail }) => put({ database: detail.value })} /></FormField>
    {database && <FormField label="Only about this table of it"><Input value={table} onChange={({ detail }) => put({ table: detail.value })} /></FormField>}
  </SpaceBetween>
);
