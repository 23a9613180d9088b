import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { notice } from "../../ui/notices";
import { useDeed, type Deed } from "./people";

interface DeedWords {
  /** In the menu, and on the button that does it. */
  action: string;
  loses: (name: string) => string;
  done: (name: string) => string;
  typed?: true;
}

/** What each deed means for whom it is done to. */
export const deeds: Record<Deed, DeedWords> = {
  invite: {
    action: "Send the invitation again",
    loses: (name) => `${name} gets a mail with a new temporary password. The old one ends.`,
    done: (name) => `The invitation went to ${name} again.`,
  },
  reset: {
    action: "Reset the password",
    loses: (name) => `The password of ${name} ends, and every sign-in of theirs. A code to set a new one goes to their mail address.`,
    done: (name) => `${name} has to set a new password.`,
  },
  "sign-out": {
    action: "Sign out everywhere",
    loses: (name) => `${name} is signed out in every browser. Credentials that were given out last for up to an hour.`,
    done: (name) => `${name} is signed out everywhere.`,
  },
  disable: {
    action: "Disable",
    loses: (name) => `${name} cannot sign in until they are enabled again. Their sign-ins end now.`,
    done: (name) => `${name} is disabled.`,
  },
  enable: {
    action: "Enable",
    loses: (name) => `${name} can sign in again with the password they had.`,
    done: (name) => `${name} is enabled.`,
  },
  delete: {
    action: "Delete",
    loses: (name) => `${name} is gone, with password and memberships. What was granted to the person stays until it is revoked.`,
    done: (name) => `${name} is deleted.`,
    typed: true,
  },
};

/** Asks before something is done to somebody. */
export function DeedDialog({ deed, name, onClose }: { deed: Deed; name: string; onClose: () => void }) {
  const change = useDeed();
  const { action, loses, done, typed } = deeds[deed];
  const act = async () => {
    if ((await change.run({ deed, Username: name })) === undefined) return;
    notice(done(name));
    onClose();
  };
  return (
    <ConfirmDialog title={`${action}: ${name}?`} confirm={action} loses={loses(name)} onConfirm={act} onClose={onClose}
      running={change.running} fault={change.fault} {...(typed && { typed: name })} />
  );
}
