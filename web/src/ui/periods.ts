/** A stretch of time up to now that can be chosen. */
export interface Period {
  id: string;
  label: string;
  seconds: number;
}

/** All of them, the shortest first. */
export const periods: Period[] = [
  { id: "1h", label: "The last hour", seconds: 3600 },
  { id: "24h", label: "The last 24 hours", seconds: 86_400 },
  { id: "7d", label: "The last 7 days", seconds: 7 * 86_400 },
  { id: "30d", label: "The last 30 days", seconds: 30 * 86_400 },
  { id: "90d", label: "The last 90 days", seconds: 90 * 86_400 },
];

/** The period of that id; an id that is none, as somebody may type one into the address, means `otherwise`. */
export function periodOf(id: string | null, otherwise: string): Period {
  const found = periods.find((period) => period.id === id) ?? periods.find((period) => period.id === otherwise);
  if (!found) throw new Error(`there is no period called ${otherwise}`);
  return found;
}
