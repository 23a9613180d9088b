import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog";
import { notice } from "../../ui/notices";
import { GroupsField } from "./GroupsField";
import { useInvite } from "./people";

/** Asks somebody to come: they get a mail with a temporary password, which a server without a relay keeps. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const change = useInvite();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [groups, setGroups] = useState<string[]>([]);
  const invite = async () => {
    const invited = await change.run({ name: name.trim(), email: email.trim(), groups });
    if (!invited) return;
    notice(`${name.trim()} was invited. The mail with the temporary password goes to ${email.trim()}.`);
    if (invited.left.length > 0) notice(`${name.trim()} could not be put into ${invited.left.join(", ")}. Try again with Actions, Groups.`, "error");
    onClose();
  };
  return (
    <FormDialog title="Invite somebody" submit="Send invitation" onSubmit={invite} onClose={onClose} running={change.running}
      fault={change.fault} disabled={!name.trim() || !email.includes("@")}>
      <FormField label="User name" description="Without spaces. It cannot be changed later.">
        <Input value={name} autoComplete={false} spellcheck={false} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      <FormField label="Mail address" description="Approvals that name it as an approver wait for this person.">
        <Input value={email} type="email" autoComplete={false} onChange={({ detail }) => setEmail(detail.value)} />
      </FormField>
      <GroupsField value={groups} onChange={setGroups} />
      <Alert type="info">
        On a server without a mail relay (<span className="mono">--smtp-url</span>) no mail is sent: it is kept on the server, and an operator reads it there
        with <span className="mono">weir mail</span>.
      </Alert>
    </FormDialog>
  );
}
