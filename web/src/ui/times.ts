/** A moment as the APIs tell it: a Date of the AWS clients, seconds since 1970 of our own service, or a text. */
export type Moment = Date | number | string | undefined;

/** A moment as a Date; undefined for none, and for what is no moment. */
export function dateOf(at: Moment): Date | undefined {
  if (at === undefined || at === "") return undefined;
  const date = typeof at === "number" ? new Date(at * 1000) : new Date(at);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

const units: [seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [31_536_000, "year"], [2_592_000, "month"], [86_400, "day"], [3600, "hour"], [60, "minute"], [1, "second"],
];

/** "in 3 days", "2 hours ago", "now": in the largest unit that fits. */
export function fromNow(at: Date, now = new Date()): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const [size, unit] = units.find(([least]) => Math.abs(seconds) >= least) ?? [1, "second"];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}
