import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import { useSession } from "../../signin/useSession";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { ErrorBox } from "../../ui/ErrorBox";
import { FactList } from "../../ui/FactList";
import { PageFrame } from "../../ui/PageFrame";
import { DeviceCard } from "./DeviceCard";
import { PasswordCard } from "./PasswordCard";
import { useProfile, useSignOutEverywhere } from "./profile";

/** Who one is here, and what one changes about one's own sign-in. */
export default function ProfilePage() {
  const session = useSession();
  const profile = useProfile();
  const ofPool = session.accessToken !== undefined;
  const { email, emailVerified } = profile.value ?? {};
  return (
    <PageFrame title="My profile" says={ofPool ? "Your own sign-in." : "You signed in with your company account. Change your password and devices there."}>
      <ErrorBox fault={profile.fault} retry={profile.again} />
      <Container header={<Header variant="h2">You</Header>}>
        <FactList
          columns={2}
          items={[
            { label: "Name", value: session.name },
            { label: "Account", value: session.account },
            { label: "The lake knows you as", value: <span className="mono">{session.arn}</span> },
            ...(ofPool ? [{ label: "Mail address", value: email ? `${email}${emailVerified ? "" : " (not confirmed)"}` : "–" }] : []),
          ]}
        />
      </Container>
      {ofPool && <PasswordCard />}
      {profile.value && <DeviceCard active={profile.value.device} />}
      {ofPool && <EverywhereCard />}
    </PageFrame>
  );
}

/** Ends all sign-ins of the person. */
function EverywhereCard() {
  const [asking, setAsking] = useState(false);
  return (
    <Container header={<Header variant="h2" description="In every browser, including this one." actions={<Button onClick={() => setAsking(true)}>Sign out everywhere</Button>}>Sign-ins</Header>}>
      Do this if you left a browser signed in, or lost a computer.
      {asking && <EverywhereDialog onClose={() => setAsking(false)} />}
    </Container>
  );
}

function EverywhereDialog({ onClose }: { onClose: () => void }) {
  const change = useSignOutEverywhere();
  return (
    <ConfirmDialog title="Sign out everywhere?" confirm="Sign out" loses="All your sign-ins end. Credentials that were already given out stay valid for up to an hour."
      onConfirm={() => change.run(undefined)} onClose={onClose} running={change.running} fault={change.fault} />
  );
}
