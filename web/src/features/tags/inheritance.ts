import type { GetResourceLFTagsResponse } from "@aws-sdk/client-lakeformation";
import { idOf, type LFTagPair } from "./tags";

/** A tag as it counts at one place: on the database, the table, or a column of it. */
export interface TagAt {
  /** "database", "table", or "column <name>". */
  place: string;
  tag: LFTagPair;
  /** Whether it was assigned there; else it comes from above. */
  assigned: boolean;
}

type Level = [place: string, tags: LFTagPair[]];

const levels = ({ LFTagOnDatabase = [], LFTagsOnTable = [], LFTagsOnColumns = [] }: Partial<GetResourceLFTagsResponse>): Level[] => [
  ["database", LFTagOnDatabase],
  ["table", LFTagsOnTable],
  ...LFTagsOnColumns.map(({ Name = "", LFTags = [] }): Level => [`column ${Name}`, LFTags]),
];

/** Whether two assignments say the same: key and value, of the same account. */
export const sameTag = (a: LFTagPair, b: LFTagPair) => idOf(a) === idOf(b) && a.TagValues?.[0] === b.TagValues?.[0];

/**
 * Every tag that counts, with whether it was put there or is inherited.
 * @param assigned what the server answers for what is assigned to the resource itself
 * @param counting what it answers for what counts
 */
export function tagsAt(assigned: Partial<GetResourceLFTagsResponse>, counting: Partial<GetResourceLFTagsResponse>): TagAt[] {
  const own = new Map(levels(assigned));
  const putThere = (place: string, tag: LFTagPair) =>
    place === "database" // above it there is nothing to inherit from
    || (own.get(place) ?? []).some((other) => sameTag(other, tag));
  return levels(counting).flatMap(([place, tags]) => tags.map((tag) => ({ place, tag, assigned: putThere(place, tag) })));
}
