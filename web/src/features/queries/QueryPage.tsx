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
import { useDraft, type Editing } from "./draft";
import { MyQueries } from "./MyQueries";
import { quotedName, useAnswer, useCancelQuery, useStartQuery, type Where } from "./queries";
import { ResultTable } from "./ResultTable";
import { Running } from "./Running";
import "./queries.css";

/** What a link to a table asks first. */
const firstLook = (table: string | null) => (table ? `SELECT *\nFROM ${quotedName(table)}\nLIMIT 100` : undefined);

/** The words of an address at which a query's answer shows. */
const addressOf = (query: string, { database, catalog }: Where): Record<string, string> =>
  ({ ...(query && { query }), ...(database && { database }), ...(catalog && { catalog }) });

/** SQL as the person: the engine shows what they may see, and nothing of the rest. `?query=` names the query that is shown, text and answer. */
export default function QueryPage() {
  const [asked, setAsked] = useSearchParams();
  const id = asked.get("query") ?? "";
  const where: Where = { database: asked.get("database") ?? undefined, catalog: asked.get("catalog") ?? undefined };
  const draft = useDraft(id, firstLook(asked.get("table")));
  const [tab, setTab] = useState("result");
  const answers = useAnswer(id);
  const open = (query: string, of: Where) => {
    setTab("result");
    setAsked(addressOf(query, of));
  };
  return (
    <PageFrame title="SQL" says="Queries run as you: columns and rows that you may not see are not there.">
      <Editor
        draft={draft}
        where={where}
        onWhere={(next) => setAsked(addressOf(id, next), { replace: true })}
        waiting={answers.loading}
        onStarted={(query, text) => { draft.started(query, text); open(query, where); }}
      />
      <Tabs
        activeTabId={tab}
        onChange={({ detail }) => setTab(detail.activeTabId)}
        ariaLabel="Answers"
        tabs={[
          { id: "result", label: "Result", content: answers.loading && id ? <Waiting id={id} /> : <ResultTable answers={answers} /> },
          { id: "mine", label: "My queries", content: <MyQueries open={({ QueryId = "", Database }) => open(QueryId, Database === where.database ? where : { database: Database })} /> },
        ]}
      />
    </PageFrame>
  );
}

interface EditorProps {
  draft: Editing;
  where: Where;
  onWhere: (where: Where) => void;
  /** Whether a query runs that was started before. */
  waiting: boolean;
  /** Called with a query that was started, and its text. */
  onStarted: (query: string, text: string) => void;
}

/** The text of a query, and the way to run it. */
function Editor({ draft: { text, cut, setText }, where, onWhere, waiting, onStarted }: EditorProps) {
  const start = useStartQuery();
  const running = start.running || waiting;
  const run = async () => {
    if (running || !text.trim()) return;
    const query = await start.run({ sql: text, where });
    if (query) onStarted(query, text);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void run();
  };
  return (
    <Container>
      <SpaceBetween size="m">
        <DatabaseSelect value={where} onChange={onWhere} />
        <FormField label="Query" description="Ctrl+Enter runs it." warningText={cut ? "This may be only the beginning of a longer query: no more of it was kept." : ""} stretch>
          <div className="sql-editor" onKeyDown={onKey}><CodeEditor label="Query" text={text} onChange={setText} /></div>
        </FormField>
        <Button variant="primary" loading={running} disabled={!text.trim()} onClick={() => void run()}>Run</Button>
        <ErrorBox fault={start.fault} dismiss={start.forget} />
      </SpaceBetween>
    </Container>
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
