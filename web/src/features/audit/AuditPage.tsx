import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useSearchParams } from "react-router";
import { ItemTable } from "../../ui/ItemTable";
import { PageFrame } from "../../ui/PageFrame";
import { PageLink, pathTo } from "../../ui/PageLink";
import { TimeText } from "../../ui/TimeText";
import { useAudit, type AuditEvent } from "./audit";
import { recordOf } from "./record";
import { addressOf, searchOf } from "./search";
import { SearchForm } from "./SearchForm";
import { WhoText } from "./WhoText";

/** What happened in the account, and who was refused what. */
export default function AuditPage() {
  const [address, setAddress] = useSearchParams();
  const search = searchOf(address);
  const events = useAudit(search);
  return (
    <PageFrame title="Audit" says="What was done in this account, what was refused, and why.">
      <SearchForm search={search} onSearch={(next) => setAddress(addressOf(next))} />
      <ItemTable
        title="Events"
        empty="No events match the search."
        rows={events}
        keyOf={({ EventId = "" }) => EventId}
        columns={[
          { id: "at", header: "When", value: ({ At }) => At, cell: ({ At }) => <TimeText at={At} exact /> },
          { id: "what", header: "Event", rowHeader: true, value: ({ EventName }) => EventName, cell: ({ EventName, EventId = "" }) => <PageLink to={pathTo("audit", EventId)}>{EventName}</PageLink> },
          { id: "who", header: "Who", value: ({ Record, Principal }) => recordOf(Record).who ?? Principal, cell: ({ Record, Principal }) => <WhoText of={recordOf(Record)} otherwise={Principal} /> },
          { id: "on", header: "On", value: onOf, cell: (event) => <span className="breakable">{onOf(event) || "–"}</span> },
          { id: "outcome", header: "Decision", value: ({ Outcome }) => Outcome, cell: (event) => <Outcome event={event} /> },
        ]}
      />
    </PageFrame>
  );
}

const onOf = ({ Table, Resources }: AuditEvent): string => Table ?? Resources?.join(", ") ?? "";

/** What was decided. What was allowed may have failed all the same: the message says by what. */
function Outcome({ event: { Outcome: outcome, DecisionId, Message } }: { event: AuditEvent }) {
  return (
    <>
      {outcome === "DENIED" ? <StatusIndicator type="error">Denied</StatusIndicator> : <StatusIndicator>Allowed</StatusIndicator>}{" "}
      {DecisionId && <PageLink to={pathTo("explain", DecisionId)}>Why?</PageLink>}
      {Message && <Box variant="small"><span className="breakable">{Message}</span></Box>}
    </>
  );
}
