import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useSession } from "../../signin/useSession";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { ItemTable, type Column } from "../../ui/ItemTable";
import { notice } from "../../ui/notices";
import { PageFrame } from "../../ui/PageFrame";
import { PageLink } from "../../ui/PageLink";
import { placeArn, placeText } from "../../ui/places";
import { PrincipalText } from "../../ui/PrincipalText";
import { useSettled } from "../../ui/settled";
import { StateText, type StateWords } from "../../ui/StateText";
import { TimeText } from "../../ui/TimeText";
import { DryRunOutcome } from "../dryrun/DryRunOutcome";
import { PermissionTable } from "../permissions/PermissionTable";
import { useDeregister, useLocations, usePathPermissions, type ResourceInfo } from "./locations";
import { RegisterDialog } from "./RegisterDialog";

const verified: StateWords = {
  VERIFIED: ["success", "Its role reaches it"],
  NOT_VERIFIED: ["warning", "Its role does not reach it"],
  VERIFICATION_FAILED: ["error", "Not a place that can be read"],
};

const modesOf = ({ HybridAccessEnabled, WithPrivilegedAccess, WithFederation }: ResourceInfo): string =>
  [HybridAccessEnabled && "hybrid", WithPrivilegedAccess && "privileged", WithFederation && "federated"].filter(Boolean).join(", ") || "Lake Formation";

const columns: Column<ResourceInfo>[] = [
  { id: "place", header: "Place", rowHeader: true, value: ({ ResourceArn }) => placeText(ResourceArn), cell: ({ ResourceArn }) => <span className="breakable">{placeText(ResourceArn)}</span> },
  { id: "role", header: "Read with", value: ({ RoleArn }) => RoleArn, cell: ({ RoleArn }) => <PrincipalText id={RoleArn} /> },
  {
    id: "mode", header: "Access", value: modesOf,
    cell: (place) => <>{modesOf(place)}{place.HybridAccessEnabled && <div><PageLink to="/opt-ins">Who is opted in</PageLink></div>}</>,
  },
  { id: "state", header: "State", value: ({ VerificationStatus }) => VerificationStatus, cell: ({ VerificationStatus = "NOT_VERIFIED" }) => <StateText state={VerificationStatus} words={verified} /> },
  { id: "changed", header: "Changed", value: ({ LastModified }) => LastModified?.getTime(), cell: ({ LastModified }) => <TimeText at={LastModified} /> },
];

/** Where the lake's data lies: what is registered, and who reaches data at a place. */
export default function LocationsPage() {
  const [chosen, setChosen] = useState<ResourceInfo[]>([]);
  const [open, setOpen] = useState<"register" | "deregister">();
  const [one] = chosen;
  const close = () => { setOpen(undefined); setChosen([]); };
  return (
    <PageFrame title="Locations" says="Places whose data the lake governs. Grants decide who gets credentials for them.">
      <ItemTable
        title="Registered locations"
        empty="There is no registered location that you may see."
        filter="Find locations"
        columns={columns}
        keyOf={({ ResourceArn = "" }) => ResourceArn}
        rows={useLocations()}
        selected={{ items: chosen, onChange: setChosen }}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={!one} onClick={() => setOpen("deregister")}>Deregister</Button>
            <Button variant="primary" onClick={() => setOpen("register")}>Register a location</Button>
          </SpaceBetween>
        }
      />
      <PathPermissions key={one?.ResourceArn} place={placeText(one?.ResourceArn)} />
      {open === "register" && <RegisterDialog onClose={close} />}
      {open === "deregister" && one?.ResourceArn && <DeregisterDialog arn={one.ResourceArn} onClose={close} />}
    </PageFrame>
  );
}

/** Who reaches data at a place; begins with the location that is selected above. */
function PathPermissions({ place }: { place: string }) {
  const session = useSession();
  const [text, setText] = useState(place);
  const arn = placeArn(useSettled(text), session.arn);
  const rows = usePathPermissions(arn);
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Who reaches a place</Header>}>
        <FormField label="Place" constraintText="s3://bucket/prefix">
          <Input value={text} spellcheck={false} onChange={({ detail }) => setText(detail.value)} />
        </FormField>
      </Container>
      {arn && <PermissionTable title={`Grants that reach ${placeText(arn)}`} empty="No grant that you may see reaches it." rows={rows} />}
    </SpaceBetween>
  );
}

function DeregisterDialog({ arn, onClose }: { arn: string; onClose: () => void }) {
  const deregister = useDeregister();
  const confirm = async () => {
    if (await deregister.run(arn)) { notice(`${placeText(arn)} is no longer registered.`); onClose(); }
  };
  return (
    <ConfirmDialog
      title={`Deregister ${placeText(arn)}?`}
      confirm="Deregister"
      loses="Nobody gets credentials for data at this place any more. The data itself stays."
      typed={placeText(arn)}
      onConfirm={confirm}
      onClose={onClose}
      running={deregister.running}
      fault={deregister.fault}
    >
      <DryRunOutcome rehearsal={{ service: "lakeformation", operation: "DeregisterResource", input: { ResourceArn: arn } }} nothing="No grant changes." />
    </ConfirmDialog>
  );
}
