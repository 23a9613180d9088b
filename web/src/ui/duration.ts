// Lengths of time as people say them, and back.

/** Seconds of each unit that a length of time is typed in. */
export const units = { minutes: 60, hours: 3600, days: 86_400 } as const;
export type Unit = keyof typeof units;

const plural = (count: number, unit: string) => `${count} ${unit}${count === 1 ? "" : "s"}`;

/** The two largest units that there are: "30 days", "1 day 12 hours", "45 seconds". */
export function durationText(seconds: number): string {
  let left = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [unit, size] of [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]] as const) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(plural(count, unit));
    else if (parts.length > 0) break;
  }
  return parts.slice(0, 2).join(" ") || "no time";
}

/** The largest unit that measures it without a rest. */
export function measured(seconds: number): { count: number; unit: Unit } {
  const unit = (["days", "hours", "minutes"] as const).find((one) => seconds % units[one] === 0) ?? "minutes";
  return { count: Math.max(1, Math.round(seconds / units[unit])), unit };
}
