// A definition in the Amazon States Language as a drawing. It only reads: what is wrong with a definition the server says
// (ValidateStateMachineDefinition), and what cannot be drawn is left out.

import type { Drawing, GraphEdge, GraphNode } from "../../ui/graph/drawing";

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type JsonObject = { [name: string]: Json };

/** A state: where it stands, in the way diagnostics name places, and what it is. */
export interface State {
  /** Such as `/States/Both/Branches[0]/States/Ask`. */
  place: string;
  name: string;
  type: string;
  definition: JsonObject;
}

export interface MachineDrawing extends Drawing {
  states: State[];
}

const objectIn = (value: Json | undefined): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
const objectsIn = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.map(objectIn) : []);
const textIn = (value: Json | undefined): string => (typeof value === "string" ? value : "");
const textsIn = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(textIn) : []);

/** What a task does, in few words: the last part of `arn:aws:states:::aws-sdk:weir:fulfilAccessRequest`. */
export function taskWords(resource: string): string {
  const parts = resource.split(":");
  if (parts[2] !== "states" || parts.length < 7) return parts.slice(-1)[0] ?? "";
  return parts.slice(5).filter((part) => part !== "aws-sdk").join(":");
}

const comparison = /^(String|Numeric|Boolean|Timestamp|Is)/;

/** A rule of a Choice in few words. */
export function ruleWords(rule: JsonObject): string {
  if (rule["Condition"] !== undefined) return String(rule["Condition"]).replace(/^{%\s*|\s*%}$/g, "");
  for (const [name, between] of [["And", " and "], ["Or", " or "]] as const)
    if (Array.isArray(rule[name])) return objectsIn(rule[name]).map(ruleWords).join(between);
  if (rule["Not"] !== undefined) return `not ${ruleWords(objectIn(rule["Not"]))}`;
  const operator = Object.keys(rule).find((name) => comparison.test(name));
  if (!operator) return "";
  const words: Record<string, string> = { Equals: "=", LessThan: "<", GreaterThan: ">", LessThanEquals: "≤", GreaterThanEquals: "≥" };
  const kind = operator.replace(comparison, "").replace(/Path$/, "");
  const left = textIn(rule["Variable"]).replace(/^\$\./, "");
  if (operator.startsWith("Is")) return `${left} ${rule[operator] === false ? "is not" : "is"} ${operator.slice(2).toLowerCase()}`;
  return `${left} ${words[kind] ?? kind.toLowerCase()} ${JSON.stringify(rule[operator])}`;
}

/** The machines that stand inside of a state, with their place in it. */
function innerMachines(state: JsonObject): [part: string, machine: JsonObject][] {
  const branches = objectsIn(state["Branches"]).map((branch, number): [string, JsonObject] => [`Branches[${number}]`, branch]);
  const items = (["ItemProcessor", "Iterator"] as const).flatMap((part): [string, JsonObject][] =>
    state[part] === undefined ? [] : [[part, objectIn(state[part])]]);
  return [...branches, ...items];
}

interface Way {
  to: string;
  text?: string;
  dashed?: boolean;
}

/** Where a state leads. */
function waysOf(state: JsonObject): Way[] {
  const next = textIn(state["Next"]);
  const otherwise = textIn(state["Default"]);
  return [
    ...(next ? [{ to: next }] : []),
    ...objectsIn(state["Choices"]).map((rule) => ({ to: textIn(rule["Next"]), text: ruleWords(rule) })),
    ...(otherwise ? [{ to: otherwise, text: "otherwise" }] : []),
    ...objectsIn(state["Catch"]).map((rule) => ({ to: textIn(rule["Next"]), text: errorWords(textsIn(rule["ErrorEquals"])), dashed: true })),
  ];
}

const errorWords = (errors: string[]) => (errors.includes("States.ALL") ? "any error" : errors.join(", "));

function noteOf(state: JsonObject): string {
  const type = textIn(state["Type"]);
  const does = type === "Task" ? taskWords(textIn(state["Resource"])) : "";
  const retries = Array.isArray(state["Retry"]) && state["Retry"].length > 0 ? " · retries" : "";
  return `${type}${does && ` · ${does}`}${retries}`;
}

const ends = (state: JsonObject) => state["End"] === true || ["Succeed", "Fail"].includes(textIn(state["Type"]));

function draw(machine: JsonObject, at: string, frame: string | undefined, out: MachineDrawing): void {
  const states = objectIn(machine["States"]);
  const place = (name: string) => `${at}/States/${name}`;
  for (const [name, value] of Object.entries(states)) {
    const state = objectIn(value);
    const note = noteOf(state);
    out.states.push({ place: place(name), name, type: textIn(state["Type"]), definition: state });
    out.nodes.push({ id: place(name), title: name, note, says: `${name}, ${note}`, inside: frame });
    for (const way of waysOf(state)) out.edges.push(edgeOf(place(name), { ...way, to: place(way.to) }));
    for (const [part, inner] of innerMachines(state)) draw(inner, `${place(name)}/${part}`, place(name), out);
  }
}

const edgeOf = (from: string, { to, text, dashed = false }: Way): GraphEdge => ({ from, to, text, dashed });
const pill = (id: string): GraphNode => ({ id, title: id, says: id, pill: true });

/** A definition as a drawing. @returns nothing when the text is no JSON object. */
export function drawingOf(definition: string): MachineDrawing | undefined {
  let machine: Json;
  try {
    machine = JSON.parse(definition) as Json;
  } catch {
    return undefined;
  }
  if (typeof machine !== "object" || machine === null || Array.isArray(machine)) return undefined;
  const out: MachineDrawing = { nodes: [pill("Start")], edges: [], states: [] };
  draw(machine, "", undefined, out);
  out.nodes.push(pill("End"));
  out.edges.unshift({ from: "Start", to: `/States/${textIn(machine["StartAt"])}` });
  const top = objectIn(machine["States"]);
  for (const [name, state] of Object.entries(top))
    if (ends(objectIn(state))) out.edges.push({ from: `/States/${name}`, to: "End" });
  return out;
}
