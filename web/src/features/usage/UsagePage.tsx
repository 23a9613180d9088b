import Container from "@cloudscape-design/components/container";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { BarChart } from "../../ui/BarChart";
import { ErrorBox } from "../../ui/ErrorBox";
import { ItemTable } from "../../ui/ItemTable";
import { Loading } from "../../ui/Loading";
import { PageFrame } from "../../ui/PageFrame";
import { PageLink } from "../../ui/PageLink";
import { periodOf, periods } from "../../ui/periods";
import { principalWords } from "../../ui/principals";
import { useSettled } from "../../ui/settled";
import { pathOfSearch } from "../audit/search";
import { bucketsOf, seriesOf, totalsOf, type Total } from "./series";
import { bucketFor, useSpan, useUsage, type Dimension, type Narrowed } from "./usage";

const dimensions: { value: Dimension; label: string; column: string }[] = [
  { value: "DECISION", label: "Allowed and denied", column: "Decision" },
  { value: "PRINCIPAL", label: "Who", column: "Principal" },
  { value: "TABLE", label: "Which table", column: "Table" },
  { value: "OPERATION", label: "Which operation", column: "Operation" },
  { value: "DOOR", label: "Through which door", column: "Door" },
];

const doorWords: Record<string, string> = {
  METADATA: "the catalog", CREDENTIALS: "credentials for data", S3: "objects", SQL: "queries of the console", ADMINISTRATION: "everything else",
};

const nameIn = (by: Dimension, name: string) =>
  by === "PRINCIPAL" ? principalWords(name).name : by === "DOOR" ? doorWords[name] ?? name : name;

/** How much the lake is used, by whom and through which door, counted from the audit trail. */
export default function UsagePage() {
  const [words, setWords] = useSearchParams();
  const put = (key: string, value: string) => setWords((before) => {
    const next = new URLSearchParams(before);
    if (value) next.set(key, value);
    else next.delete(key);
    return next;
  }, { replace: true });
  const period = periodOf(words.get("when"), "24h");
  const dimension = dimensions.find(({ value }) => value === words.get("by")) ?? dimensions[0]!;
  const narrowed: Narrowed = {
    ...(words.get("table") && { Table: words.get("table") ?? "" }), ...(words.get("operation") && { Operation: words.get("operation") ?? "" }),
  };
  return (
    <PageFrame title="Usage" says="How much the lake is used, counted from the audit trail.">
      <Container>
        <ColumnLayout columns={4}>
          <FormField label="When">
            <Select
              selectedOption={{ value: period.id, label: period.label }}
              options={periods.map(({ id, label }) => ({ value: id, label }))}
              onChange={({ detail }) => put("when", detail.selectedOption.value ?? "")}
            />
          </FormField>
          <FormField label="By">
            <Select selectedOption={dimension} options={dimensions} onChange={({ detail }) => put("by", detail.selectedOption.value ?? "")} />
          </FormField>
          <FormField label="Only this table"><Input value={words.get("table") ?? ""} placeholder="database.table" onChange={({ detail }) => put("table", detail.value)} /></FormField>
          <FormField label="Only this operation"><Input value={words.get("operation") ?? ""} placeholder="GetTable" onChange={({ detail }) => put("operation", detail.value)} /></FormField>
        </ColumnLayout>
      </Container>
      <Bars period={period} dimension={dimension} narrowed={useSettled(narrowed)} />
    </PageFrame>
  );
}

// Days begin where those of UTC do: the server counts by them.
const words = {
  HOUR: new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }),
  DAY: new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" }),
};
const ticks = {
  HOUR: new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "numeric" }),
  DAY: new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" }),
};

const kZone = words.HOUR.resolvedOptions().timeZone;

/** Where the bars are wider than the page, as on a telephone, it begins with the newest. @param around holds the chart */
function showNewest(around: HTMLElement | null) {
  const frame = around?.querySelector("[role=region]");
  if (frame) frame.scrollLeft = frame.scrollWidth;
}

interface BarsProps {
  period: ReturnType<typeof periodOf>;
  dimension: (typeof dimensions)[number];
  narrowed: Narrowed;
}

function Bars({ period, dimension, narrowed }: BarsProps) {
  const bucket = bucketFor(period);
  const span = useSpan(period);
  const by = dimension.value;
  const usage = useUsage(span, bucket, by, narrowed);
  const points = usage.value?.Points;
  const buckets = useMemo(() => bucketsOf(span.From, span.To, bucket), [span, bucket]);
  const series = useMemo(() => seriesOf(points ?? [], buckets, by === "DECISION"), [points, buckets, by]);
  const bars = useMemo(() => buckets.map((at) => ({ label: words[bucket].format(at * 1000), tick: ticks[bucket].format(at * 1000) })), [buckets, bucket]);
  if (usage.fault) return <ErrorBox fault={usage.fault} retry={usage.again} />;
  if (!usage.value) return <Loading what="Counting" />;
  return (
    <SpaceBetween size="l">
      <Container
        header={
          <Header variant="h2" description={bucket === "DAY" ? "Days in UTC" : `Hours in your time zone: ${kZone}`} info={usage.value.Complete === false && <StatusIndicator type="in-progress">More of the trail is being counted</StatusIndicator>}>
            {dimension.label}
          </Header>
        }
      >
        <div ref={showNewest}>
          <BarChart name={`${dimension.label}, ${period.label.toLowerCase()}`} bars={bars} series={series.map((one) => ({ ...one, name: nameIn(by, one.name) }))} />
        </div>
      </Container>
      <NumbersTable dimension={dimension} totals={totalsOf(points ?? [])} />
      <TimesTable labels={bars.map(({ label }) => label)} series={seriesOf(points ?? [], buckets, true)} />
    </SpaceBetween>
  );
}

const searchOf = (by: Dimension, name: string) =>
  pathOfSearch(by === "PRINCIPAL" ? { principal: name } : by === "TABLE" ? { resource: name } : by === "OPERATION" ? { event: name } : {});

function NumbersTable({ dimension, totals }: { dimension: BarsProps["dimension"]; totals: Total[] }) {
  const by = dimension.value;
  if (by === "DECISION") return null;
  const leads = (name: string) => by !== "DOOR" && name !== "all others";
  return (
    <ItemTable
      title={`By ${dimension.column.toLowerCase()}`}
      empty="There was no usage."
      filter="Find"
      rows={{ items: totals, loading: false }}
      keyOf={({ name }) => name}
      columns={[
        { id: "name", header: dimension.column, rowHeader: true, value: ({ name }) => name, cell: ({ name }) => (leads(name) ? <PageLink to={searchOf(by, name)}>{nameIn(by, name)}</PageLink> : nameIn(by, name)) },
        { id: "allowed", header: "Allowed", value: ({ allowed }) => allowed, cell: ({ allowed }) => allowed.toLocaleString() },
        { id: "denied", header: "Denied", value: ({ denied }) => denied, cell: ({ denied }) => denied.toLocaleString() },
      ]}
    />
  );
}

/** The bars as numbers. */
const TimesTable = ({ labels, series }: { labels: string[]; series: ReturnType<typeof seriesOf> }) => (
  <ItemTable
    title="Over time"
    empty="There was no usage."
    rows={{ items: labels.map((label, at) => ({ at, label, allowed: series[0]?.values[at] ?? 0, denied: series[1]?.values[at] ?? 0 })).filter(({ allowed, denied }) => allowed + denied > 0), loading: false }}
    keyOf={({ at }) => String(at)}
    columns={[
      { id: "when", header: "When", rowHeader: true, value: ({ at }) => at, cell: ({ label }) => label },
      { id: "allowed", header: "Allowed", value: ({ allowed }) => allowed, cell: ({ allowed }) => allowed.toLocaleString() },
      { id: "denied", header: "Denied", value: ({ denied }) => denied, cell: ({ denied }) => denied.toLocaleString() },
    ]}
  />
);
