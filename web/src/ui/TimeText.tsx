import { dateOf, fromNow, type Moment } from "./times";

interface TimeTextProps {
  at: Moment;
  /** Says how far away it is instead of when; when shows when it is pointed at. */
  relative?: boolean;
  /** What stands for no moment at all. */
  none?: string;
}

const format = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** A moment in the reader's own time zone. */
export function TimeText({ at, relative = false, none = "–" }: TimeTextProps) {
  const date = dateOf(at);
  if (!date) return <>{none}</>;
  const [shown, told] = relative ? [fromNow(date), format.format(date)] : [format.format(date), fromNow(date)];
  return <time dateTime={date.toISOString()} title={told}>{shown}</time>;
}
