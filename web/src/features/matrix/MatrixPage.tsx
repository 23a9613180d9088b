import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { ErrorBox } from "../../ui/ErrorBox";
import { Loading } from "../../ui/Loading";
import { PageFrame } from "../../ui/PageFrame";
import { ResourcePicker } from "../catalog/ResourcePicker";
import { HeatMap } from "./HeatMap";
import { levelNames, levels, useMatrix } from "./matrix";

/** How many tables stand side by side. */
const kTablesShown = 20;

/** Who has how much of the tables of a database, to be looked at. */
export default function MatrixPage() {
  const [words, setWords] = useSearchParams();
  const database = words.get("database") ?? "";
  return (
    <PageFrame title="Access matrix" says="Who has how much of which table. Choose a cell to see why.">
      <Container>
        <FormField><ResourcePicker depth="database" value={database ? { database } : {}} onChange={(picked) => setWords({ database: picked.database ?? "" })} /></FormField>
      </Container>
      {database && <Matrix key={database} database={database} />}
    </PageFrame>
  );
}

function Matrix({ database }: { database: string }) {
  // The tokens that led to each further hundred of tables.
  const [tokens, setTokens] = useState<(string | undefined)[]>([undefined]);
  const [page, setPage] = useState(1);
  const matrix = useMatrix(database, tokens.at(-1));
  const first = matrix.items[0];
  if (matrix.fault && !first) return <ErrorBox fault={matrix.fault} retry={matrix.again} />;
  if (!first) return <Loading what="Loading access" />;
  const { Tables: tables = [], TablesNextToken: further } = first;
  const turn = (next: (string | undefined)[]) => {
    setTokens(next);
    setPage(1);
  };
  const actions = (
    <SpaceBetween direction="horizontal" size="xs">
      {tokens.length > 1 && <Button onClick={() => turn(tokens.slice(0, -1))}>Previous tables</Button>}
      {further && <Button onClick={() => turn([...tokens, further])}>Next tables</Button>}
      <TablePages count={tables.length} page={page} onTurn={setPage} />
    </SpaceBetween>
  );
  const count = `${(tokens.length - 1) * 100 + tables.length}${further ? "+" : ""} tables`;
  return (
    <Container header={<Header variant="h2" description={count} actions={actions}>{database}</Header>}>
      <SpaceBetween size="m">
        <Legend />
        {tables.length === 0 && <Box>This database has no table that you may see.</Box>}
        {tables.length > 0 && (
          <HeatMap database={database} tables={tables} from={(page - 1) * kTablesShown} count={kTablesShown} rows={matrix.items.flatMap(({ Rows = [] }) => Rows)} />
        )}
        {matrix.more && <Button onClick={matrix.more} loading={matrix.loadingMore}>Show more principals</Button>}
        <ErrorBox fault={matrix.fault} />
      </SpaceBetween>
    </Container>
  );
}

/** Turns to other tables of those that were read. */
function TablePages({ count, page, onTurn }: { count: number; page: number; onTurn: (page: number) => void }) {
  const pages = Math.ceil(count / kTablesShown);
  if (pages < 2) return null;
  return (
    <Pagination
      currentPageIndex={page}
      pagesCount={pages}
      ariaLabels={{ paginationLabel: "Tables", nextPageLabel: "Next tables", previousPageLabel: "Previous tables", pageLabel: (at) => `Tables, page ${at}` }}
      onChange={({ detail }) => onTurn(detail.currentPageIndex)}
    />
  );
}

const Legend = () => (
  <ul className="heat-legend" aria-label="What the cells mean">
    {levelNames.map((level) => <li key={level}><span className={`heat heat-${level}`} data-sign={levels[level].sign} /> {levels[level].words}</li>)}
    <li><span className="heat heat-NONE" data-sign="+" /> may pass it on</li>
  </ul>
);
