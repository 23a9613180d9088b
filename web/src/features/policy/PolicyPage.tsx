import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef, useState, type RefObject } from "react";
import type { GetApprovalPolicyResponse } from "../../api/weir.gen";
import { ErrorBox } from "../../ui/ErrorBox";
import { Loading } from "../../ui/Loading";
import { notice } from "../../ui/notices";
import { PageFrame } from "../../ui/PageFrame";
import { PrincipalText } from "../../ui/PrincipalText";
import { TimeText } from "../../ui/TimeText";
import { Unsaved } from "../../ui/Unsaved";
import { readDocument, writeDocument } from "./document";
import { usePolicy, useSavePolicy } from "./policy";
import { PolicyTabs } from "./PolicyTabs";

/** How requests for access are decided: read, changed, tried, and set. */
export default function PolicyPage() {
  const policy = usePolicy();
  const shown = useRef(false);
  if (!policy.value)
    return <PageFrame title="Approval policy"><ErrorBox fault={policy.fault} retry={policy.again} />{policy.loading && <Loading />}</PageFrame>;
  // A version of its own for each: what was changed here is not mixed with what somebody else set.
  return <Editor key={policy.value.Version} inForce={policy.value} succeeds={shown} />;
}

const pretty = (text = "") => {
  const read = readDocument(text);
  return "document" in read ? writeDocument(read.document) : text;
};

interface EditorProps {
  inForce: GetApprovalPolicyResponse;
  /** Whether an editor stood here before: with it went the button that was pressed, and the keyboard must not fall out of the page. */
  succeeds: RefObject<boolean>;
}

function Editor({ inForce, succeeds }: EditorProps) {
  const [text, setText] = useState(() => pretty(inForce.Policy));
  const save = useSavePolicy();
  const { fault, again } = usePolicy();
  const version = inForce.Version ?? 0;
  const changed = text !== pretty(inForce.Policy);
  const meanwhile = save.fault?.code === "ConflictException";

  useEffect(() => {
    if (succeeds.current && document.activeElement === document.body)
      document.querySelector<HTMLElement>("#content")?.focus({ preventScroll: true });
    succeeds.current = true;
  }, [succeeds]);
  const set = async () => {
    const made = await save.run({ text, version });
    if (made) notice(`Version ${made.Version ?? ""} of the policy is in force.`);
  };
  const discard = () => { save.forget(); setText(pretty(inForce.Policy)); again(); };

  return (
    <PageFrame
      title="Approval policy"
      says={<><Standing inForce={inForce} />{changed && ". You have unsaved changes."}</>}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button disabled={!changed && !meanwhile} onClick={discard}>{meanwhile ? "Read the one in force" : "Discard"}</Button>
          <Button variant="primary" disabled={!changed} loading={save.running} onClick={() => void set()}>Set the policy</Button>
        </SpaceBetween>
      }
    >
      <ErrorBox fault={fault} retry={again} />
      <ErrorBox fault={save.fault} dismiss={save.forget} />
      <PolicyTabs text={text} onChange={setText} />
      <Unsaved changed={changed} loses="Your changes to the policy are lost." />
    </PageFrame>
  );
}

/** Which version is in force, and since when. */
const Standing = ({ inForce: { Version = 0, At, By } }: { inForce: GetApprovalPolicyResponse }) =>
  Version === 0 ? <>No policy was set yet; the default is in force</> : (
    <>Version {Version}, set <TimeText at={At} relative />{By && <> by <PrincipalText id={By} /></>}</>
  );
