import { useState } from "react";
import { useSession } from "../../signin/useSession";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { FormDialog } from "../../ui/FormDialog";
import { notice } from "../../ui/notices";
import { PrincipalPicker } from "../../ui/PrincipalPicker";
import { principalWords } from "../../ui/principals";
import { DryRunOutcome } from "../dryrun/DryRunOutcome";
import { ConditionField, conditionOf } from "../permissions/ConditionField";
import { ResourceFields } from "../permissions/ResourceFields";
import { resourceOf, resourceWords, type Draft } from "../permissions/resources";
import { requestOf, useOptIn, useOptOut, type OptIn } from "./optIns";

/** What the server takes opt-ins on, and of whom. */
const kResources = ["table", "all-tables", "database", "catalog"];
const kPrincipals = ["role", "user", "everybody"];

const whoOf = ({ Principal }: OptIn): string => principalWords(Principal?.DataLakePrincipalIdentifier ?? "").name;

const whatOf = ({ Resource }: OptIn): string => {
  const { kind, name } = resourceWords(Resource);
  return Resource?.Catalog ? "the whole catalog" : `${kind.toLowerCase()} ${name}`;
};

/** Opts somebody in: from then on grants decide what they reach there. */
export function OptInDialog({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const [principal, setPrincipal] = useState<string>();
  const [draft, setDraft] = useState<Draft>({ kind: "table" });
  const [condition, setCondition] = useState("");
  const optIn = useOptIn();
  const resource = resourceOf(draft, session);
  const request = principal && resource
    ? { Principal: { DataLakePrincipalIdentifier: principal }, Resource: resource, ...conditionOf(condition) }
    : undefined;
  const submit = async () => {
    if (request && (await optIn.run(request))) { notice(`${whoOf(request)} is opted in on ${whatOf(request)}.`); onClose(); }
  };
  return (
    <FormDialog title="Opt in" submit="Opt in" size="large" onSubmit={submit} onClose={onClose} running={optIn.running} fault={optIn.fault} disabled={!request}>
      <PrincipalPicker kinds={kPrincipals} onChange={setPrincipal} />
      <ResourceFields kinds={kResources} draft={draft} onChange={setDraft} />
      <ConditionField value={condition} onChange={setCondition} />
      <DryRunOutcome
        rehearsal={request && { service: "lakeformation", operation: "CreateLakeFormationOptIn", input: request }}
        waiting="Choose who is opted in, and on what."
      />
    </FormDialog>
  );
}

/** Ends an opt-in: IAM alone decides again what they reach there. */
export function OptOutDialog({ optIn, onClose }: { optIn: OptIn; onClose: () => void }) {
  const optOut = useOptOut();
  const [who, what] = [whoOf(optIn), whatOf(optIn)];
  const confirm = async () => {
    if (await optOut.run(optIn)) { notice(`${who} is no longer opted in on ${what}.`); onClose(); }
  };
  return (
    <ConfirmDialog
      title={`Opt ${who} out?`}
      confirm="Opt out"
      loses={`For ${who}, grants no longer count on ${what} where locations are in hybrid access mode: IAM policies alone decide there, and limits by columns and rows end.`}
      onConfirm={confirm}
      onClose={onClose}
      running={optOut.running}
      fault={optOut.fault}
    >
      <DryRunOutcome rehearsal={{ service: "lakeformation", operation: "DeleteLakeFormationOptIn", input: requestOf(optIn) }} />
    </ConfirmDialog>
  );
}
