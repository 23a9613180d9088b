import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { ItemTable, rowsOf, type Column } from "../../ui/ItemTable";
import { notice } from "../../ui/notices";
import { PageFrame } from "../../ui/PageFrame";
import { ChannelDialog } from "./ChannelDialog";
import { kinds, useChannels, useDeleteChannel, type ChannelSummary } from "./channels";

const kindOf = ({ Kind }: ChannelSummary) => kinds.find(({ value }) => value === Kind)?.label ?? Kind ?? "";
const aboutOf = ({ Database, Table }: ChannelSummary) => (Database ? `${Database}${Table ? `.${Table}` : ""}` : "Everything");
const eventsOf = ({ EventTypes = [] }: ChannelSummary) => EventTypes.join(", ") || "Every event";

const columns: Column<ChannelSummary>[] = [
  { id: "name", header: "Name", rowHeader: true, value: ({ Name }) => Name, cell: ({ Name }) => Name },
  { id: "kind", header: "Kind", value: kindOf, cell: kindOf },
  { id: "url", header: "Address", value: ({ Url }) => Url, cell: ({ Url }) => <span className="breakable">{Url}</span> },
  { id: "events", header: "Events", value: eventsOf, cell: eventsOf },
  { id: "about", header: "About", value: aboutOf, cell: aboutOf },
  { id: "signed", header: "Signed", value: ({ Signed }) => (Signed ? "Yes" : "No"), cell: ({ Signed }) => (Signed ? "Yes" : "No") },
];

/** Where requests, approvals and grants are told, beside mail: chats, ticket systems, other programs. */
export default function ChannelsPage() {
  const channels = useChannels();
  const [chosen, setChosen] = useState<ChannelSummary[]>([]);
  const [open, setOpen] = useState<"add" | "change" | "remove">();
  const [secret, setSecret] = useState<string>();
  const channel = chosen[0];
  const close = () => { setOpen(undefined); setChosen([]); };
  return (
    <PageFrame title="Channels" says="Where requests, approvals and grants are announced. Rules of the approval policy name a channel as channel:NAME.">
      {secret && (
        <Alert type="success" header="The secret that messages are signed with" dismissible dismissAriaLabel="Dismiss" onDismiss={() => setSecret(undefined)}>
          It is not shown again. <CopyToClipboard variant="inline" textToCopy={secret} copyButtonAriaLabel="Copy the secret" copySuccessText="Copied" copyErrorText="It could not be copied" />
        </Alert>
      )}
      <ItemTable<ChannelSummary>
        title="Channels"
        empty="There are no channels. Announcements go by mail only."
        rows={rowsOf(channels)}
        keyOf={({ Name = "" }) => Name}
        selected={{ items: chosen, onChange: setChosen }}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={!channel} onClick={() => setOpen("change")}>Change</Button>
            <Button disabled={!channel} onClick={() => setOpen("remove")}>Remove</Button>
            <Button variant="primary" onClick={() => setOpen("add")}>Add a channel</Button>
          </SpaceBetween>
        }
        columns={columns}
      />
      {(open === "add" || open === "change") && (
        <ChannelDialog channel={open === "change" ? channel : undefined} onClose={close} onSecret={setSecret} />
      )}
      {open === "remove" && channel && <RemoveDialog name={channel.Name ?? ""} onClose={close} />}
    </PageFrame>
  );
}

function RemoveDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const remove = useDeleteChannel();
  const send = async () => {
    if (!(await remove.run(name))) return;
    notice(`The channel ${name} was removed.`);
    onClose();
  };
  return (
    <ConfirmDialog
      title={`Remove the channel ${name}?`} confirm="Remove" loses="Nothing is sent there any more, and messages that wait to be sent are dropped."
      onConfirm={send} onClose={onClose} running={remove.running} fault={remove.fault}
    />
  );
}
