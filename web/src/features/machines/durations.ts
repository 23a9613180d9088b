const units: [milliseconds: number, unit: string][] = [[86_400_000, "d"], [3_600_000, "h"], [60_000, "min"], [1000, "s"]];

/** How long something took, in its two largest units: "2 h 5 min". */
export function lasted(from: Date | undefined, to: Date | undefined): string {
  if (!from || !to) return "–";
  let left = Math.max(0, to.getTime() - from.getTime());
  if (left < 1000) return `${left} ms`;
  const parts: string[] = [];
  for (const [size, unit] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.slice(0, 2).join(" ");
}
