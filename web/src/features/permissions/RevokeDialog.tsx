import { useState } from "react";
import { CheckboxList } from "../../ui/CheckboxList";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { notice } from "../../ui/notices";
import { principalWords } from "../../ui/principals";
import { DryRunOutcome } from "../dryrun/DryRunOutcome";
import { revocationOf, useRevoke, type Held, type Permission } from "./permissions";
import { keyOfHeld } from "./PermissionTable";
import { resourceWords } from "./resources";

const lineOf = ({ Principal, Resource }: Held): string => {
  const { kind, name, part } = resourceWords(Resource);
  const who = principalWords(Principal?.DataLakePrincipalIdentifier ?? "");
  return `${who.name}: ${kind.toLowerCase()} ${name}${part ? ` (${part})` : ""}`;
};

/** The grant with these permissions of it alone. */
const cutTo = (held: Held, permissions: Permission[]): Held => ({
  ...held,
  Permissions: permissions,
  PermissionsWithGrantOption: (held.PermissionsWithGrantOption ?? []).filter((permission) => permissions.includes(permission)),
});

interface RevokeDialogProps {
  held: Held[];
  onClose: () => void;
}

/** Takes grants away: of one grant the permissions one chooses, of several everything. Says first who loses what. */
export function RevokeDialog({ held, onClose }: RevokeDialogProps) {
  const [one] = held;
  const all = held.length === 1 && one ? (one.Permissions ?? []) : [];
  const [chosen, setChosen] = useState(all);
  const taken = held.length === 1 && one ? [cutTo(one, chosen)] : held;
  const ready = held.length > 1 || chosen.length > 0;
  const revoke = useRevoke();
  const confirm = async () => {
    if (ready && await revoke.run(taken)) { notice("The permissions were revoked."); onClose(); }
  };
  return (
    <ConfirmDialog
      title={held.length === 1 ? "Revoke permissions?" : `Revoke ${held.length} grants?`}
      confirm="Revoke"
      loses={<>{held.map((each) => <div key={keyOfHeld(each)} className="breakable">{lineOf(each)}</div>)}</>}
      onConfirm={confirm}
      onClose={onClose}
      running={revoke.running}
      fault={revoke.fault}
    >
      {all.length > 1 && <CheckboxList label="Which permissions" values={all} chosen={chosen} onChange={setChosen} />}
      <DryRunOutcome
        rehearsal={ready ? { service: "lakeformation", operation: "BatchRevokePermissions", input: revocationOf(taken) } : undefined}
        waiting="Choose at least one permission."
        nothing="Nobody loses anything: other grants give the same."
      />
    </ConfirmDialog>
  );
}
