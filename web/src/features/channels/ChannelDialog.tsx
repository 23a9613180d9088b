import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
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

/** Makes or changes a channel. The address is never shown again, so that a change gives it anew. */
export function ChannelDialog({ channel, onClose, onSecret }: ChannelDialogProps) {
  const [name, setName] = useState(channel?.Name ?? "");
  const [kind, setKind] = useState<Kind>(channel?.Kind ?? "slack");
  const [url, setUrl] = useState("");
  const [secret, setSecret] = useState("");
  const [events, setEvents] = useState(channel?.EventTypes ?? []);
  const [database, setDatabase] = useState(channel?.Database ?? "");
  const [table, setTable] = useState(channel?.Table ?? "");
  const put = usePutChannel();
  const chosen = kinds.find(({ value }) => value === kind) ?? null;

  const send = async () => {
    const made = await put.run({
      Name: name, Kind: kind, Url: url, ...(chosen?.secret && secret && { Secret: secret }), EventTypes: events,
      ...(database && { Database: database }), ...(database && table && { Table: table }),
    });
    if (!made) return;
    if (made.Secret) onSecret(made.Secret);
    notice(`The channel ${name} was ${channel ? "changed" : "added"}.`);
    onClose();
  };

  return (
    <FormDialog
      title={channel ? `Change the channel ${channel.Name ?? ""}` : "Add a channel"} submit={channel ? "Change" : "Add"}
      onSubmit={send} onClose={onClose} running={put.running} fault={put.fault} disabled={!name || !url}
    >
      <FormField label="Name"><Input value={name} disabled={channel !== undefined} onChange={({ detail }) => setName(detail.value)} /></FormField>
      <FormField label="Kind"><Select options={kinds} selectedOption={chosen} onChange={({ detail }) => setKind(detail.selectedOption.value as Kind)} /></FormField>
      <FormField label="Address" description={channel ? `Currently ${channel.Url ?? ""}. The address is stored encrypted: enter it again.` : "Whoever has it can post there. It is stored encrypted and not shown again."}>
        <Input value={url} type="url" autoComplete={false} placeholder="https://" onChange={({ detail }) => setUrl(detail.value)} />
      </FormField>
      {chosen?.secret && (
        <FormField label="Secret" description="Messages are signed with it. Leave empty to keep the current one; signed messages get a new one where there is none.">
          <Input type="password" autoComplete="off" value={secret} onChange={({ detail }) => setSecret(detail.value)} />
        </FormField>
      )}
      <NamesField label="Events" says="Empty: every event. * stands for any characters." known={eventTypes} names={events} onChange={setEvents} />
      <FormField label="Only about this database"><Input value={database} onChange={({ detail }) => setDatabase(detail.value)} /></FormField>
      {database && <FormField label="Only about this table of it"><Input value={table} onChange={({ detail }) => setTable(detail.value)} /></FormField>}
    </FormDialog>
  );
}
