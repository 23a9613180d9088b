import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useParams } from "react-router";
import { ErrorBox } from "../../ui/ErrorBox";
import { FactList } from "../../ui/FactList";
import { JsonText } from "../../ui/JsonText";
import { Loading } from "../../ui/Loading";
import { PageFrame } from "../../ui/PageFrame";
import { PageLink, pathTo } from "../../ui/PageLink";
import { TimeText } from "../../ui/TimeText";
import { useEvent } from "./audit";
import { recordOf } from "./record";
import { WhoText } from "./WhoText";

/** One event of the trail, whole. */
export default function EventPage() {
  const { event: id = "" } = useParams();
  const event = useEvent(id);
  const found = event.value;
  const record = recordOf(found?.CloudTrailEvent);
  return (
    <PageFrame title={found?.EventName ?? "Event"} above={[{ text: "Audit", to: "/audit" }]}>
      <ErrorBox fault={event.fault} retry={event.again} />
      {found === null && <ErrorBox fault={{ code: "NotFound", message: "The trail has no event of this id." }} />}
      {event.loading && <Loading />}
      {found && (
        <SpaceBetween size="l">
          <Container header={<Header variant="h2">What happened</Header>}>
            <FactList
              items={[
                { label: "When", value: <TimeText at={found.EventTime} exact /> },
                { label: "Who", value: <WhoText of={record} otherwise={found.Username} /> },
                { label: "From", value: record.address ?? "–" },
                { label: "Service", value: found.EventSource ?? "–" },
                { label: "On", value: <span className="breakable">{found.Resources?.map(({ ResourceName }) => ResourceName).join(", ") || "–"}</span> },
                { label: "Decision", value: record.error ? <span className="breakable">{record.error}</span> : "Allowed" },
                ...(record.decisionId ? [{ label: "Explanation", value: <PageLink to={pathTo("explain", record.decisionId)}>Why?</PageLink> }] : []),
              ]}
            />
          </Container>
          <Container header={<Header variant="h2">The record</Header>}><JsonText name="The record" text={found.CloudTrailEvent} /></Container>
        </SpaceBetween>
      )}
    </PageFrame>
  );
}
