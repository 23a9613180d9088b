import Button from "@cloudscape-design/components/button";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useSession } from "../../signin/useSession";
import { ItemTable } from "../../ui/ItemTable";
import { PageFrame } from "../../ui/PageFrame";
import { PageButton, PageLink, pathTo } from "../../ui/PageLink";
import { PrincipalText } from "../../ui/PrincipalText";
import { StateText } from "../../ui/StateText";
import { TimeText } from "../../ui/TimeText";
import { useRequests } from "./requests";
import { aboutText, decisionWords, standing } from "./requestWords";

const kAny = { value: "", label: "Any decision" };
const choices = [kAny, ...Object.entries(decisionWords).map(([value, [, label]]) => ({ value, label }))];

/** The requests that the person made; administrators of the lake see everybody's. */
export default function RequestsPage() {
  const { account } = useSession();
  const [decision, setDecision] = useState("");
  const requests = useRequests(decision || undefined);
  return (
    <PageFrame
      title="My requests"
      says="What you asked for, and its state. Data lake administrators see everybody's requests."
      actions={<PageButton variant="primary" to="/request">Request access</PageButton>}
    >
      <ItemTable
        title="Requests"
        empty={decision ? "No request is in this state." : "You have no requests yet."}
        filter="Find requests"
        rows={requests}
        keyOf={({ RequestId = "" }) => RequestId}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Select
              ariaLabel="Decision"
              options={choices}
              selectedOption={choices.find(({ value }) => value === decision) ?? kAny}
              onChange={({ detail }) => setDecision(detail.selectedOption.value ?? "")}
            />
            <Button iconName="refresh" ariaLabel="Refresh" onClick={requests.again} />
          </SpaceBetween>
        }
        columns={[
          { id: "about", header: "What", rowHeader: true, value: aboutText, cell: (request) => <PageLink to={pathTo("requests", request.CatalogId ?? account, request.RequestId ?? "")}><span className="breakable">{aboutText(request)}</span></PageLink> },
          { id: "state", header: "State", value: (request) => standing(request).state, cell: (request) => <StateText {...standing(request)} /> },
          { id: "asked", header: "Asked", value: ({ Created }) => Created, cell: ({ Created }) => <TimeText at={Created} relative /> },
          { id: "ends", header: "Ends", value: ({ Expires }) => Expires, cell: ({ Expires }) => <TimeText at={Expires} relative /> },
          { id: "target", header: "For", value: ({ Target }) => Target, cell: ({ Target }) => <PrincipalText id={Target} /> },
          { id: "requester", header: "Asked by", value: ({ Requester }) => Requester, cell: ({ Requester }) => <PrincipalText id={Requester} /> },
        ]}
      />
    </PageFrame>
  );
}
