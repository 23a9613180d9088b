import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { useSession } from "../../signin/useSession";
import { FormDialog } from "../../ui/FormDialog";
import { notice } from "../../ui/notices";
import { placeArn } from "../../ui/places";
import { PrincipalPicker } from "../../ui/PrincipalPicker";
import { DryRunOutcome } from "../dryrun/DryRunOutcome";
import { useRegister } from "./locations";

/** Registers a location: from then on grants decide who reads data there. */
export function RegisterDialog({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const [place, setPlace] = useState("");
  const [role, setRole] = useState<string>();
  const [hybrid, setHybrid] = useState(false);
  const [privileged, setPrivileged] = useState(false);
  const register = useRegister();
  const arn = placeArn(place, session.arn);
  const request = arn && role ? { ResourceArn: arn, RoleArn: role, HybridAccessEnabled: hybrid, WithPrivilegedAccess: privileged } : undefined;
  const submit = async () => {
    if (request && (await register.run(request))) { notice(`${place} is registered.`); onClose(); }
  };
  return (
    <FormDialog
      title="Register a location"
      submit="Register"
      onSubmit={submit}
      onClose={onClose}
      running={register.running}
      fault={register.fault}
      disabled={!request}
    >
      <FormField label="Place" constraintText="s3://bucket/prefix" errorText={place && !arn ? "A place begins with s3:// and names a bucket." : ""}>
        <Input value={place} spellcheck={false} onChange={({ detail }) => setPlace(detail.value)} />
      </FormField>
      <PrincipalPicker kinds={["role"]} label="Reader" onChange={setRole} />
      <Checkbox checked={hybrid} description="Grants apply to principals that are opted in; IAM alone decides for everybody else." onChange={({ detail }) => setHybrid(detail.checked)}>
        Hybrid access
      </Checkbox>
      <Checkbox checked={privileged} description="You get every permission on the data there." onChange={({ detail }) => setPrivileged(detail.checked)}>
        Privileged access for me
      </Checkbox>
      <DryRunOutcome rehearsal={request && { service: "lakeformation", operation: "RegisterResource", input: request }} waiting="Enter a place, and choose the role that reads it." nothing="No grant changes." />
    </FormDialog>
  );
}
