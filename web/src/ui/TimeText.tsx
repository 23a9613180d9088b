import { dateOf, fromNow, type Moment } from "./times";

interface TimeTextProps {
  at: Moment;
  /** Says how far away it is instead of when; when shows when it is pointed at. */
  relative?: boolean;
  /** With seconds, where one moment follows the other. */
  exact?: boolean;
  /** What stands for no moment at all. */
  none?: string;
}

const parts = { year: "numeric", month: "short", day: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short" } as const;
const format = new Intl.DateTimeFormat(undefined, parts);
const toTheSecond = new Intl.DateTimeFormat(undefined, { ...parts, second: "2-digit" });

/** A moment in the reader's own time zone, which it names. */
export function TimeText({ at, relative = false, exact = false, none = "–" }: TimeTextProps) {
  const date = dateOf(at);
  if (!date) return <>{none}</>;
  const moment = (exact ? toTheSecond : format).format(date);
  const [shown, told] = relative ? [fromNow(date), moment] : [moment, fromNow(date)];
  return <time dateTime={date.toISOString()} title={told}>{shown}</time>;
}
