import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

/** How a state of the API is said and drawn. */
export type StateWords = Record<string, readonly [StatusIndicatorProps.Type, string]>;

/** A state in words with its sign; one that is not known is shown as the server spells it. Breaks between words only. */
export function StateText({ state, words }: { state: string | undefined; words: StateWords }) {
  const [type, text] = words[state ?? ""] ?? (["info", state ?? "Unknown"] as const);
  return <span className="state-text"><StatusIndicator type={type}>{text}</StatusIndicator></span>;
}
