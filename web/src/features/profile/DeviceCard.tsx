import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { useSession } from "../../signin/useSession";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { ErrorBox } from "../../ui/ErrorBox";
import { FormDialog } from "../../ui/FormDialog";
import { notice } from "../../ui/notices";
import { deviceAddress, inFours, useForgetDevice, useNewDevice, useProveDevice } from "./profile";
import { QrCode } from "./QrCode";

/** The authenticator app of the person: set up, or taken away. */
export function DeviceCard({ active }: { active: boolean }) {
  const begin = useNewDevice();
  const [secret, setSecret] = useState<string>();
  const [removing, setRemoving] = useState(false);
  const start = async () => setSecret(await begin.run(undefined));
  return (
    <Container
      header={
        <Header variant="h2" description="A code from your phone, in addition to your password."
          actions={active ? <Button onClick={() => setRemoving(true)}>Remove</Button> : <Button loading={begin.running} onClick={() => void start()}>Set up</Button>}>
          Authenticator app
        </Header>
      }
    >
      <StatusIndicator type={active ? "success" : "stopped"}>{active ? "Asked for when you sign in" : "Not set up"}</StatusIndicator>
      <ErrorBox fault={begin.fault} />
      {secret && <SetUpDialog secret={secret} onClose={() => setSecret(undefined)} />}
      {removing && <RemoveDialog onClose={() => setRemoving(false)} />}
    </Container>
  );
}

/** Shows the secret once, to be scanned or typed, and takes the first code. */
function SetUpDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { account, name } = useSession();
  const prove = useProveDevice();
  const [code, setCode] = useState("");
  const submit = async () => {
    if (!(await prove.run(code.trim()))) return;
    notice("From now on, you are asked for a code from your app when you sign in.");
    onClose();
  };
  return (
    <FormDialog title="Set up an authenticator app" submit="Turn on" onSubmit={submit} onClose={onClose} running={prove.running}
      fault={prove.fault} disabled={!/^\s*\d{6}\s*$/.test(code)}>
      <Box>Scan this with the app on your phone, or type the secret into it. It is not shown again.</Box>
      <QrCode text={deviceAddress(account, name, secret)} label="QR code with the secret that stands below it" />
      <Box><span className="mono">{inFours(secret)}</span></Box>
      <FormField label="Code of the app" description="Six digits">
        <Input value={code} inputMode="numeric" autoComplete="one-time-code" onChange={({ detail }) => setCode(detail.value)} />
      </FormField>
    </FormDialog>
  );
}

function RemoveDialog({ onClose }: { onClose: () => void }) {
  const change = useForgetDevice();
  const remove = async () => {
    if (!(await change.run(undefined))) return;
    notice("The authenticator app was removed. You sign in with your password alone.");
    onClose();
  };
  return (
    <ConfirmDialog title="Remove the authenticator app?" confirm="Remove" loses="Whoever learns your password can sign in as you."
      onConfirm={remove} onClose={onClose} running={change.running} fault={change.fault} />
  );
}
