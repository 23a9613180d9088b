import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useSearchParams } from "react-router";
import { ItemTable } from "../../ui/ItemTable";
import { PageFrame } from "../../ui/PageFrame";
import { PageLink, pathTo } from "../../ui/PageLink";
import { PrincipalText } from "../../ui/PrincipalText";
import { TimeText } from "../../ui/TimeText";
import { useAudit, type AuditEvent } from "./audit";
import { addressOf, searchOf } from "./search";
import { SearchForm } from "./SearchForm";

/** What happened in the account, and who was refused what. */
export default function AuditPage() {
  const [address, setAddress] = useSearchParams();
  const search = searchOf(address);
  const events = useAudit(search);
  return (
    <PageFrame title="Audit" says="What was done in this account, what was refused, and why.">
      <SearchForm key={address.toString()} search={search} onSearch={(next) => setAddress(addressOf(next))} />
      <ItemTable
        title="Events"
        empty="Nothing of that kind happened."
        rows={events}
        keyOf={({ EventId = "" }) => EventId}
        columns={[
          { id: "at", header: "When", value: ({ At }) => At, cell: ({ At }) => <TimeText at={At} exact /> },
          { id: "what", header: "Event", rowHeader: true, value: ({ EventName }) => EventName, cell: ({ EventName, EventId = "" }) => <PageLink to={pathTo("audit", EventId)}>{EventName}</PageLink> },
          { id: "who", header: "Who", value: ({ Principal }) => Principal, cell: ({ Principal }) => <PrincipalText id={Principal} /> },
          { id: "on", header: "On", value: onOf, cell: (event) => <span className="breakable">{onOf(event) || "–"}</span> },
          { id: "outcome", header: "Decision", value: ({ Outcome }) => Outcome, cell: (event) => <Outcome event={event} /> },
        ]}
      />
    </PageFrame>
  );
}

const onOf = ({ Table, Resources }: AuditEvent): string => Table ?? Resources?.join(", ") ?? "";

function Outcome({ event: { Outcome: outcome, DecisionId, Message } }: { event: AuditEvent }) {
  if (outcome !== "DENIED") return <StatusIndicator>Allowed</StatusIndicator>;
  return (
    <>
      <StatusIndicator type="error">Denied</StatusIndicator>{" "}
      {DecisionId && <PageLink to={pathTo("explain", DecisionId)}>Why?</PageLink>}
      {Message && <Box variant="small"><span className="breakable">{Message}</span></Box>}
    </>
  );
}
