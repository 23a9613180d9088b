import Alert from "@cloudscape-design/components/alert";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { notice } from "../../ui/notices";
import { useDeed, useIsOneself, type Deed } from "./people";

interface DeedWords {
  /** In the menu, and on the button that does it. */
  action: string;
  loses: (name: string) => string;
  done: (name: string) => string;
  /** Said to who does it to themselves, and must type their name then. */
  oneself?: string;
  typed?: true;
}

const kLive = "Credentials that were already given out stay valid for up to an hour.";

/** What each deed means for whom it is done to. */
export const deeds: Record<Deed, DeedWords> = {
  invite: {
    action: "Send the invitation again",
    loses: (name) => `${name} gets a mail with a new temporary password. The old one no longer works.`,
    done: (name) => `The invitation was sent to ${name} again.`,
  },
  reset: {
    action: "Reset the password",
    loses: (name) => `The password of ${name} no longer works, and all their sign-ins end. A code to set a new one goes to their mail address.`,
    done: (name) => `${name} must set a new password.`,
  },
  "sign-out": {
    action: "Sign out everywhere",
    loses: (name) => `${name} is signed out in every browser. ${kLive}`,
    done: (name) => `${name} is signed out everywhere.`,
  },
  disable: {
    action: "Disable",
    loses: (name) => `${name} cannot sign in until they are enabled again, and all their sign-ins end now. ${kLive}`,
    oneself: "This is your own account. Only another administrator, or an operator with weir console reset-admin, can let you in again.",
    done: (name) => `${name} was disabled.`,
  },
  enable: {
    action: "Enable",
    loses: (name) => `${name} can sign in again with the password they had.`,
    done: (name) => `${name} was enabled.`,
  },
  delete: {
    action: "Delete",
    loses: (name) => `${name} is deleted, with password and memberships. ${kLive} What was granted to the person stays until it is revoked.`,
    oneself: "This is your own account. Only another administrator, or an operator with weir console reset-admin, can let you in again.",
    done: (name) => `${name} was deleted.`,
    typed: true,
  },
};

/** Asks before something is done to somebody. */
export function DeedDialog({ deed, name, onClose }: { deed: Deed; name: string; onClose: () => void }) {
  const change = useDeed();
  const isOneself = useIsOneself();
  const { action, loses, done, typed, oneself } = deeds[deed];
  const warning = isOneself(name) ? oneself : undefined;
  const act = async () => {
    if ((await change.run({ deed, Username: name })) === undefined) return;
    notice(done(name));
    onClose();
  };
  return (
    <ConfirmDialog title={`${action}: ${name}?`} confirm={action} loses={loses(name)} onConfirm={act} onClose={onClose}
      running={change.running} fault={change.fault} {...((typed || warning) && { typed: name })}>
      {warning && <Alert type="error">{warning}</Alert>}
    </ConfirmDialog>
  );
}
