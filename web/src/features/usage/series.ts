// Counts over time as bars: every hour or day has one, also those without use.

import type { UsagePoint } from "../../api/weir.gen";
import type { Series } from "../../ui/BarChart";

export type Bucket = "HOUR" | "DAY";
export const kBucketSeconds: Record<Bucket, number> = { HOUR: 3600, DAY: 86_400 };

/** So many have a colour of their own, the rest is told together. */
const kNamed = 6;

/** How often one principal, table, operation or door was used. */
export interface Total {
  name: string;
  allowed: number;
  denied: number;
}

const kOthers = "all others";

/** Totals by name, the most used first. */
export function totalsOf(points: UsagePoint[]): Total[] {
  const found = new Map<string, Total>();
  for (const { Of: name = kOthers, Allowed = 0, Denied = 0 } of points) {
    const total = found.get(name) ?? { name, allowed: 0, denied: 0 };
    total.allowed += Allowed;
    total.denied += Denied;
    found.set(name, total);
  }
  return [...found.values()].sort((a, b) => b.allowed + b.denied - a.allowed - a.denied || a.name.localeCompare(b.name));
}

/** Where each hour or day from `from` to `to` begins, in seconds of UTC. */
export function bucketsOf(from: number, to: number, bucket: Bucket): number[] {
  const size = kBucketSeconds[bucket];
  const buckets: number[] = [];
  for (let at = Math.floor(from / size) * size; at < to; at += size) buckets.push(at);
  return buckets;
}

/** The bars: of decisions what was allowed and what was denied, else those with most use. */
export function seriesOf(points: UsagePoint[], buckets: number[], byDecision: boolean): Series[] {
  const place = new Map(buckets.map((at, number) => [at, number]));
  const empty = () => buckets.map(() => 0);
  if (byDecision) {
    const allowed: Series = { name: "allowed", values: empty() };
    const denied: Series = { name: "denied", values: empty(), refused: true };
    for (const { At = 0, Allowed = 0, Denied = 0 } of points) {
      put(allowed, place.get(At), Allowed);
      put(denied, place.get(At), Denied);
    }
    return [allowed, denied];
  }
  const named = totalsOf(points).filter(({ name }) => name !== kOthers).slice(0, kNamed).map(({ name }) => name);
  const series = new Map<string, Series>(named.map((name) => [name, { name, values: empty() }]));
  const others: Series = { name: kOthers, values: empty() };
  for (const { At = 0, Of, Allowed = 0, Denied = 0 } of points) put(series.get(Of ?? "") ?? others, place.get(At), Allowed + Denied);
  return [...series.values(), ...(others.values.some((value) => value > 0) ? [others] : [])];
}

function put(series: Series, at: number | undefined, count: number): void {
  if (at !== undefined) series.values[at] = (series.values[at] ?? 0) + count;
}
