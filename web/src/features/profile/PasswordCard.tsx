import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type FormEvent } from "react";
import { ErrorBox } from "../../ui/ErrorBox";
import { notice } from "../../ui/notices";
import { useChangePassword } from "./profile";

/** Changes the password of who knows it. */
export function PasswordCard() {
  const change = useChangePassword();
  const [before, setBefore] = useState("");
  const [after, setAfter] = useState("");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const changed = await change.run({ before, after });
    setBefore("");
    setAfter("");
    if (changed) notice("Your password was changed. Your other sign-ins have ended.");
  };
  return (
    <form onSubmit={submit} noValidate>
      <Container header={<Header variant="h2" description="When you change it, your other sign-ins end.">Password</Header>}>
        <SpaceBetween size="m">
          <FormField label="Current password">
            <Input type="password" autoComplete="current-password" value={before} onChange={({ detail }) => setBefore(detail.value)} />
          </FormField>
          <FormField label="New password">
            <Input type="password" autoComplete="new-password" value={after} onChange={({ detail }) => setAfter(detail.value)} />
          </FormField>
          <ErrorBox fault={change.fault} dismiss={change.forget} />
          <Button formAction="submit" disabled={!before || !after} loading={change.running}>Change password</Button>
        </SpaceBetween>
      </Container>
    </form>
  );
}
