import { durationText } from "../../ui/duration";

/** How long something took: "2 hours 5 minutes"; what takes less than a second is told in milliseconds. */
export function lasted(from: Date | undefined, to: Date | undefined): string {
  if (!from || !to) return "–";
  const milliseconds = Math.max(0, to.getTime() - from.getTime());
  return milliseconds < 1000 ? `${milliseconds} ms` : durationText(milliseconds / 1000);
}
