import { durationText } from "../../ui/duration";
import { pairsOf, type Rule, type Step, type Then, type When } from "./document";

const listed = (names: string[]) => names.join(" or ");

/** What a rule is about, each selector in a sentence; nothing when it is about everything. */
export function whenText(when: When = {}): string[] {
  const lists: [string, string[] | undefined][] = [
    ["the database is", when.Databases], ["the table is", when.Tables], ["the columns include", when.Columns],
    ["it is asked for", when.Permissions], ["who gets it is", when.Targets], ["the owner is", when.DataOwners],
    ["a parameter is", pairsOf(when.Parameters)], ["an LF-Tag is", pairsOf(when.LFTags)],
  ];
  return [
    ...lists.filter(([, names]) => names?.length).map(([words, names]) => `${words} ${listed(names ?? [])}`),
    ...(when.Sensitive === undefined ? [] : [when.Sensitive ? "it is sensitive" : "it is not sensitive"]),
    ...(when.Grantable === undefined ? [] : [when.Grantable ? "it may be passed on" : "it may not be passed on"]),
  ];
}

const stepText = ({ Name, Approvers = [], Quorum, TimeoutSeconds }: Step): string =>
  `${Name}: ${Quorum && Quorum > 1 ? `${Quorum} of ` : ""}${Approvers.join(", ")}${TimeoutSeconds ? `, within ${durationText(TimeoutSeconds)}` : ""}`;

/** What a rule does, each effect in a sentence. */
export function thenText(then: Then = {}): string[] {
  return [
    ...(then.AutoApprove ? ["approve at once"] : []),
    ...(then.Deny === undefined ? [] : [`deny: ${then.Deny}`]),
    ...(then.Require ?? []).map((step) => `ask ${stepText(step)}`),
    ...(then.MaxDurationSeconds ? [`for at most ${durationText(then.MaxDurationSeconds)}`] : []),
    ...(then.ExcludeColumns?.length ? [`without the columns ${then.ExcludeColumns.join(", ")}`] : []),
    ...(then.NoGrantOption ? ["not to be passed on"] : []),
    ...(then.PurposeRequired ? ["with a purpose"] : []),
    ...(then.TicketRequired ? ["with a ticket"] : []),
    ...(then.Template ? [`carried through by the template ${then.Template}`] : []),
  ];
}

export const ruleName = ({ Name }: Rule, index: number): string => Name || `Rule ${index + 1}`;
