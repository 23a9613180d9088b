import Button from "@cloudscape-design/components/button";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import { useSession } from "../../signin/useSession";
import { ErrorBox } from "../../ui/ErrorBox";
import { notice } from "../../ui/notices";
import { PageFrame } from "../../ui/PageFrame";
import { itemText } from "../requests/requestWords";
import { grantableOf } from "../requests/wanted";
import { ExtendDialog, RevokeDialog } from "./GrantDialogs";
import { useGrants, useVerify, type Grant } from "./grants";
import { GrantTable } from "./GrantTable";
import { inOrderOfEnd, verifiedText } from "./grantWords";

type Dialog = "extend" | "revoke";
type Side = "held" | "all";
const sides: { id: Side; text: string }[] = [{ id: "held", text: "Held by me" }, { id: "all", text: "All that I may see" }];

/** What requests led to: what one holds, and, for administrators, what was given; what ends soon is first. */
export default function GrantsPage() {
  const session = useSession();
  const own = grantableOf(session.arn); // nothing can be granted to an account's root
  const [side, setSide] = useState<Side>(own ? "held" : "all");
  const [withEnded, setWithEnded] = useState(false);
  const [chosen, setChosen] = useState<Grant[]>([]);
  const [open, setOpen] = useState<Dialog>();
  const grants = useGrants({ principal: side === "held" ? own : undefined });
  const verify = useVerify();
  const rows = { ...grants, items: inOrderOfEnd(grants.items.filter(({ Ended }) => withEnded || !Ended)) };
  const grant = chosen[0];
  const of = { catalog: session.account, id: grant?.RequestId ?? "" };
  return (
    <PageFrame title="Grants" says="Access that was granted for requests, what ends soonest first. Grants that were made by hand are on the Permissions page.">
      <SpaceBetween direction="horizontal" size="m" alignItems="center">
        <SegmentedControl
          label="Which grants"
          selectedId={side}
          options={sides.filter(({ id }) => own || id !== "held")}
          onChange={({ detail }) => { setSide(detail.selectedId as Side); setChosen([]); }}
        />
        <Toggle checked={withEnded} onChange={({ detail }) => setWithEnded(detail.checked)}>Show what has ended</Toggle>
      </SpaceBetween>
      <ErrorBox fault={verify.fault} dismiss={verify.forget} />
      <GrantTable
        title="Grants"
        empty="Nothing was granted for a request."
        filter="Find grants"
        linked
        rows={rows}
        selected={{ items: chosen, onChange: setChosen }}
        actions={<GrantButtons grant={grant} onOpen={setOpen} verify={verify} />}
      />
      {open === "extend" && grant && <ExtendDialog of={of} expires={grant.Expires} onClose={() => setOpen(undefined)} />}
      {open === "revoke" && grant && (
        <RevokeDialog of={of} about={itemText({ Database: grant.Database ?? "", Table: grant.Table ?? "" })} onClose={() => { setOpen(undefined); setChosen([]); }} />
      )}
    </PageFrame>
  );
}

interface GrantButtonsProps {
  /** The one that is selected; where none is, all are compared. */
  grant: Grant | undefined;
  onOpen: (dialog: Dialog) => void;
  verify: ReturnType<typeof useVerify>;
}

/** What can be done about grants. */
function GrantButtons({ grant, onOpen, verify }: GrantButtonsProps) {
  const compare = async (repair: boolean) => {
    const found = await verify.run({ request: grant?.RequestId, repair });
    if (found) notice(verifiedText(found.Grants ?? []), "info");
  };
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button disabled={!grant?.Expires || Boolean(grant.Ended)} onClick={() => onOpen("extend")}>Extend</Button>
      <Button disabled={!grant || Boolean(grant.Ended)} onClick={() => onOpen("revoke")}>Revoke</Button>
      <Button loading={verify.running} onClick={() => void compare(false)}>Compare with what is held</Button>
      <Button disabled={verify.running} onClick={() => void compare(true)}>Repair</Button>
    </SpaceBetween>
  );
}
