import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useState, type KeyboardEvent } from "react";
import { useSearchParams } from "react-router";
import { CodeEditor } from "../../ui/CodeEditor";
import { ErrorBox } from "../../ui/ErrorBox";
import { PageFrame } from "../../ui/PageFrame";
import { DatabaseSelect } from "./DatabaseSelect";
import { useDraft } from "./draft";
import { MyQueries } from "./MyQueries";
import { quotedName, useAnswer, useCancelQuery, useStartQuery, type Where } from "./queries";
import { ResultTable } from "./ResultTable";
import { Running } from "./Running";
import "./queries.css";

/** What a link to a table asks first. */
const firstLook = (table: string | null) => (table ? `SELECT *\nFROM ${quotedName(table)}\nLIMIT 100` : undefined);

/** SQL as the person: the engine shows what they may see, and nothing of the rest. `?query=` names the answer that is shown. */
export default function QueryPage() {
  const [asked, setAsked] = useSearchParams();
  const id = asked.get("query") ?? undefined;
  const [where, setWhere] = useState<Where>({ database: asked.get("database") ?? undefined, catalog: asked.get("catalog") ?? undefined });
  const [sql, setSql] = useDraft(firstLook(asked.get("table")));
  const [tab, setTab] = useState("result");
  const start = useStartQuery();
  const answers = useAnswer(id);
  const running = start.running || answers.loading;

  const open = (query: string) => {
    setTab("result");
    setAsked({ query, ...(where.database && { database: where.database }), ...(where.catalog && { catalog: where.catalog }) });
  };
  const run = async () => {
    if (running || !sql.trim()) return;
    const query = await start.run({ sql, where });
    if (query) open(query);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void run();
  };
  return (
    <PageFrame title="SQL" says="Queries run as you: columns and rows that you may not see are not there.">
      <Container>
        <SpaceBetween size="m">
          <DatabaseSelect value={where} onChange={setWhere} />
          <FormField label="Query" description="Ctrl+Enter runs it." stretch>
            <div className="sql-editor" onKeyDown={onKey}><CodeEditor label="Query" text={sql} onChange={setSql} /></div>
          </FormField>
          <Button variant="primary" loading={running} disabled={!sql.trim()} onClick={() => void run()}>Run</Button>
          <ErrorBox fault={start.fault} dismiss={start.forget} />
        </SpaceBetween>
      </Container>
      <Tabs
        activeTabId={tab}
        onChange={({ detail }) => setTab(detail.activeTabId)}
        ariaLabel="Answers"
        tabs={[
          { id: "result", label: "Result", content: answers.loading && id ? <Waiting id={id} /> : <ResultTable answers={answers} /> },
          { id: "mine", label: "My queries", content: <MyQueries open={(query) => { setSql(query.Sql ?? ""); open(query.QueryId ?? ""); }} /> },
        ]}
      />
    </PageFrame>
  );
}

/** A query that has not ended, and the way to end it. */
function Waiting({ id }: { id: string }) {
  const cancel = useCancelQuery();
  return (
    <SpaceBetween size="m">
      <Running />
      <Button onClick={() => void cancel.run(id)} loading={cancel.running}>Cancel</Button>
      <ErrorBox fault={cancel.fault} />
    </SpaceBetween>
  );
}
