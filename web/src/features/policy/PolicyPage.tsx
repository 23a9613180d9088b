import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { GetApprovalPolicyResponse } from "../../api/weir.gen";
import { ErrorBox } from "../../ui/ErrorBox";
import { Loading } from "../../ui/Loading";
import { notice } from "../../ui/notices";
import { PageFrame } from "../../ui/PageFrame";
import { PrincipalText } from "../../ui/PrincipalText";
import { TimeText } from "../../ui/TimeText";
import { readDocument, writeDocument } from "./document";
import { usePolicy, useSavePolicy } from "./policy";
import { PolicyTabs } from "./PolicyTabs";

/** How requests for access are decided: read, changed, tried, and set. */
export default function PolicyPage() {
  const policy = usePolicy();
  if (!policy.value)
    return <PageFrame title="Approval policy"><ErrorBox fault={policy.fault} retry={policy.again} />{policy.loading && <Loading />}</PageFrame>;
  // A version of its own for each: what was changed here is not mixed with what somebody else set.
  return <Editor key={policy.value.Version} inForce={policy.value} />;
}

const pretty = (text = "") => {
  const read = readDocument(text);
  return "document" in read ? writeDocument(read.document) : text;
};

function Editor({ inForce }: { inForce: GetApprovalPolicyResponse }) {
  const [text, setText] = useState(() => pretty(inForce.Policy));
  const save = useSavePolicy();
  const again = usePolicy().again;
  const version = inForce.Version ?? 0;
  const changed = text !== pretty(inForce.Policy);
  const meanwhile = save.fault?.code === "ConflictException";

  const set = async () => {
    const made = await save.run({ text, version });
    if (made) notice(`Version ${made.Version ?? ""} of the policy is in force.`);
  };
  const discard = () => { save.forget(); setText(pretty(inForce.Policy)); again(); };

  return (
    <PageFrame
      title="Approval policy"
      says={
        version === 0 ? "Nobody set one: the default is in force." : (
          <>Version {version}, set <TimeText at={inForce.At} relative />{inForce.By && <> by <PrincipalText id={inForce.By} /></>}{changed ? ". You have changes that are not set." : ""}</>
        )
      }
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button disabled={!changed && !meanwhile} onClick={discard}>{meanwhile ? "Read the one in force" : "Discard"}</Button>
          <Button variant="primary" disabled={!changed} loading={save.running} onClick={() => void set()}>Set the policy</Button>
        </SpaceBetween>
      }
    >
      <ErrorBox fault={save.fault} dismiss={save.forget} />
      <PolicyTabs text={text} onChange={setText} />
    </PageFrame>
  );
}
