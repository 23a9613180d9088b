import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState, type FormEvent } from "react";
import { useSearchParams } from "react-router";
import { useSession } from "../../signin/useSession";
import { ErrorBox } from "../../ui/ErrorBox";
import { Graph } from "../../ui/graph/Graph";
import { ItemTable } from "../../ui/ItemTable";
import { Loading } from "../../ui/Loading";
import { PageFrame } from "../../ui/PageFrame";
import { PageLink } from "../../ui/PageLink";
import { lakePrincipal } from "../../ui/principals";
import { PrincipalText } from "../../ui/PrincipalText";
import { TimeText } from "../../ui/TimeText";
import { useFormKey } from "../../ui/useFormKey";
import { WhoField } from "../../ui/WhoField";
import { ResourcePicker, type Picked } from "../catalog/ResourcePicker";
import { pathOfQuestion } from "../explain/explain";
import { drawingOfLineage, kindWords, useLineage, type LineageLink } from "./lineage";

/** Where what somebody has came from: who granted it to whom, through which share. */
export default function LineagePage() {
  const [words, setWords] = useSearchParams();
  const self = lakePrincipal(useSession().arn);
  const principal = words.get("principal") ?? "";
  const resource = words.get("resource") ?? "";
  const [key, tell] = useFormKey(words.toString());
  const ask = (who: string, what: string) => {
    const asked = new URLSearchParams({ principal: who, resource: what });
    tell(asked.toString());
    setWords(asked);
  };
  return (
    <PageFrame title="Where access came from" says="Who granted it to whom, through which share, back to an administrator or to the account that owns it.">
      <LineageForm key={key} principal={principal || self} resource={resource} onAsk={ask} />
      {principal && resource && <Lineage principal={principal} resource={resource} />}
    </PageFrame>
  );
}

interface LineageFormProps {
  principal: string;
  resource: string;
  onAsk: (principal: string, resource: string) => void;
}

function LineageForm({ principal, resource, onAsk }: LineageFormProps) {
  const [database = "", table = ""] = resource.split(".");
  const [who, setWho] = useState<string | undefined>(principal);
  const [picked, setPicked] = useState<Picked>({ ...(database && { database }), ...(table && { table }) });
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (who && picked.database) onAsk(who, [picked.database, picked.table].filter(Boolean).join("."));
  };
  return (
    <form onSubmit={ask}>
      <Container header={<Header variant="h2">Whose access</Header>} footer={<Button variant="primary" disabled={!who || !picked.database}>Show</Button>}>
        <SpaceBetween size="m">
          <WhoField asked={principal} onChange={setWho} />
          <ResourcePicker depth="table" value={picked} onChange={setPicked} />
        </SpaceBetween>
      </Container>
    </form>
  );
}

function Lineage({ principal, resource }: { principal: string; resource: string }) {
  const lineage = useLineage(principal, resource);
  const links = useMemo(() => lineage.value?.Links ?? [], [lineage.value]);
  const drawing = useMemo(() => drawingOfLineage(links, principal), [links, principal]);
  if (lineage.fault) return <ErrorBox fault={lineage.fault} retry={lineage.again} />;
  if (!lineage.value) return <Loading />;
  return (
    <SpaceBetween size="l">
      <Container
        header={
          <Header
            variant="h2"
            description={lineage.value.Complete === false ? "This is not all: some links are hidden from you, or too many to show." : ""}
            actions={<PageLink to={pathOfQuestion({ Principal: principal, Action: resource.includes(".") ? "SELECT" : "DESCRIBE", Resource: resource })}>Explain this access</PageLink>}
          >
            How access to {resource} came about
          </Header>
        }
      >
        {links.length === 0 ? <Box>Nothing was granted here.</Box> : <Graph name={`How access to ${resource} came about`} drawing={drawing} />}
      </Container>
      <LinksTable links={links} />
    </SpaceBetween>
  );
}

const LinksTable = ({ links }: { links: LineageLink[] }) => (
  <ItemTable
    title="The same as a list"
    empty="Nothing was granted here."
    rows={{ items: links, loading: false }}
    keyOf={(link) => String(links.indexOf(link))}
    columns={[
      { id: "from", header: "From", rowHeader: true, value: ({ From }) => From, cell: ({ From }) => <PrincipalText id={From} /> },
      { id: "to", header: "To", value: ({ To }) => To, cell: ({ To }) => <PrincipalText id={To} /> },
      { id: "what", header: "Permissions", value: ({ Permissions }) => Permissions?.join(", "), cell: ({ Permissions, Grantable }) => `${(Permissions ?? []).join(", ") || "–"}${Grantable?.length ? ` (may pass on ${Grantable.join(", ")})` : ""}` },
      { id: "how", header: "How", value: ({ Kind }) => kindWords[Kind ?? "GRANT"], cell: ({ Kind, Id, Condition }) => <span className="breakable">{kindWords[Kind ?? "GRANT"]}{Id && `: ${Id}`}{Condition && `, where ${Condition}`}</span> },
      { id: "on", header: "On", value: ({ On }) => On, cell: ({ On }) => <span className="breakable">{On ?? "–"}</span> },
      { id: "by", header: "Changed by", value: ({ By }) => By, cell: ({ By, At }) => (By ? <><PrincipalText id={By} />, <TimeText at={At} relative /></> : "not recorded") },
    ]}
  />
);
