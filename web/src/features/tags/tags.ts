import {
  AddLFTagsToResourceCommand, CreateLFTagCommand, CreateLFTagExpressionCommand, DeleteLFTagCommand, DeleteLFTagExpressionCommand,
  GetLFTagCommand, GetResourceLFTagsCommand, LakeFormationClient, ListLFTagExpressionsCommand, ListLFTagsCommand,
  RemoveLFTagsFromResourceCommand, SearchDatabasesByLFTagsCommand, SearchTablesByLFTagsCommand, UpdateLFTagCommand,
  UpdateLFTagExpressionCommand, type LFTag, type LFTagExpression, type LFTagPair, type Resource, type TaggedDatabase, type TaggedTable,
} from "@aws-sdk/client-lakeformation";
import { clientOf } from "../../api/clients";
import { allDone } from "../../api/failures";
import { useChange, usePages, useRead } from "../../api/queries";
import { useSession } from "../../signin/useSession";

/** A key and the values of it that are meant. */
export interface Term {
  TagKey: string;
  TagValues: string[];
}

export type { LFTag, LFTagExpression, LFTagPair, Resource, TaggedDatabase, TaggedTable };

/** What tells an LF-Tag from others: a key is one of its account, and accounts share theirs with each other. */
export const idOf = ({ CatalogId = "", TagKey = "" }: LFTagPair): string => `${CatalogId} ${TagKey}`.trim();

/** Whether an LF-Tag is another account's. */
export const isForeign = ({ CatalogId }: LFTagPair, account: string): boolean => CatalogId !== undefined && CatalogId !== account;

const useLake = () => clientOf(useSession(), LakeFormationClient);

/** LF-Tags that the person may see, those shared by other accounts included, page by page. */
export function useTags() {
  const lake = useLake();
  return usePages<LFTagPair>(["tags"], async (token, abortSignal) => {
    const { LFTags, NextToken } = await lake.send(
      new ListLFTagsCommand({ ResourceShareType: "ALL", NextToken: token, MaxResults: 100 }), { abortSignal });
    return { items: LFTags ?? [], next: NextToken };
  });
}

/** One LF-Tag of the account. */
export function useTag(key: string) {
  const lake = useLake();
  return useRead(["tag", key], async (abortSignal) => lake.send(new GetLFTagCommand({ TagKey: key }), { abortSignal }));
}

/** Saved expressions that the person may see, page by page. */
export function useTagExpressions({ when = true } = {}) {
  const lake = useLake();
  return usePages<LFTagExpression>(["tag-expressions"], async (token, abortSignal) => {
    const { LFTagExpressions, NextToken } = await lake.send(
      new ListLFTagExpressionsCommand({ NextToken: token, MaxResults: 100 }), { abortSignal });
    return { items: LFTagExpressions ?? [], next: NextToken };
  }, { when });
}

/** The terms of a saved expression, with nothing absent in them. */
export const termsOf = ({ Expression = [] }: Partial<LFTagExpression>): Term[] =>
  Expression.map(({ TagKey = "", TagValues = [] }) => ({ TagKey, TagValues }));

/** Whether every term has a value: before that an expression means nothing. */
export const isWhole = (terms: LFTag[]): boolean => terms.length > 0 && terms.every(({ TagValues }) => (TagValues ?? []).length > 0);

/** Databases that carry what the expression says. */
export function useTaggedDatabases(terms: LFTag[]) {
  const lake = useLake();
  return usePages<TaggedDatabase>(["tagged-databases", terms], async (token, abortSignal) => {
    const { DatabaseList, NextToken } = await lake.send(
      new SearchDatabasesByLFTagsCommand({ Expression: terms, NextToken: token, MaxResults: 100 }), { abortSignal });
    return { items: DatabaseList ?? [], next: NextToken };
  }, { when: isWhole(terms) });
}

/** Tables that carry what the expression says, or have a column that does. */
export function useTaggedTables(terms: LFTag[]) {
  const lake = useLake();
  return usePages<TaggedTable>(["tagged-tables", terms], async (token, abortSignal) => {
    const { TableList, NextToken } = await lake.send(
      new SearchTablesByLFTagsCommand({ Expression: terms, NextToken: token, MaxResults: 100 }), { abortSignal });
    return { items: TableList ?? [], next: NextToken };
  }, { when: isWhole(terms) });
}

/** The tags of a resource: those assigned to it, and those that count for it. */
export function useTagsOf(resource: Resource | undefined) {
  const lake = useLake();
  return useRead(["tags-of", resource], async (abortSignal) => {
    const ask = (ShowAssignedLFTags: boolean) =>
      lake.send(new GetResourceLFTagsCommand({ Resource: resource, ShowAssignedLFTags }), { abortSignal });
    const [assigned, counting] = await Promise.all([ask(true), ask(false)]);
    return { assigned, counting };
  }, { when: resource !== undefined, list: true });
}

/** Creates an LF-Tag with its values. */
export function useCreateTag() {
  const lake = useLake();
  return useChange((tag: LFTag) => lake.send(new CreateLFTagCommand(tag)));
}

/** The input of the operation that brings a tag from its old values to new ones. */
export const valuesChange = (TagKey: string, before: string[], after: string[]) => ({
  TagKey,
  TagValuesToAdd: after.filter((value) => !before.includes(value)),
  TagValuesToDelete: before.filter((value) => !after.includes(value)),
});

export type ValuesChange = ReturnType<typeof valuesChange>;

/** Without its empty lists, which the API refuses. */
export const sentChange = ({ TagKey, TagValuesToAdd, TagValuesToDelete }: ValuesChange) => ({
  TagKey,
  ...(TagValuesToAdd.length > 0 && { TagValuesToAdd }),
  ...(TagValuesToDelete.length > 0 && { TagValuesToDelete }),
});

/** Adds values to an LF-Tag, and takes others away. */
export function useUpdateTag() {
  const lake = useLake();
  return useChange((change: ValuesChange) => lake.send(new UpdateLFTagCommand(sentChange(change))));
}

/** Saves an expression: a new one, or in place of the one of its name. */
export function useSaveExpression(isNew: boolean) {
  const lake = useLake();
  return useChange(
    ({ Name, Description, Expression }: LFTagExpression) =>
      isNew
        ? lake.send(new CreateLFTagExpressionCommand({ Name, Description, Expression }))
        : lake.send(new UpdateLFTagExpressionCommand({ Name, Description, Expression })),
  );
}

/** What can be deleted by its name, and the operation that does it. */
export const deletions = {
  tag: { operation: "DeleteLFTag", inputOf: (TagKey: string) => ({ TagKey }) },
  expression: { operation: "DeleteLFTagExpression", inputOf: (Name: string) => ({ Name }) },
} as const;
export type Deletable = keyof typeof deletions;

/** Deletes an LF-Tag or a saved expression by its name. */
export function useDelete(kind: Deletable) {
  const lake = useLake();
  return useChange((name: string): Promise<unknown> => {
    switch (kind) {
      case "tag": return lake.send(new DeleteLFTagCommand(deletions.tag.inputOf(name)));
      case "expression": return lake.send(new DeleteLFTagExpressionCommand(deletions.expression.inputOf(name)));
    }
  });
}

interface Assignment {
  resource: Resource;
  tag: LFTagPair;
}

/** Puts an LF-Tag on a resource. */
export function useAssignTag() {
  const lake = useLake();
  return useChange(
    async ({ resource, tag }: Assignment) => allDone((await lake.send(new AddLFTagsToResourceCommand({ Resource: resource, LFTags: [tag] }))).Failures),
  );
}

/** Takes an LF-Tag off a resource. */
export function useTakeTag() {
  const lake = useLake();
  return useChange(
    async ({ resource, tag }: Assignment) => allDone((await lake.send(new RemoveLFTagsFromResourceCommand({ Resource: resource, LFTags: [tag] }))).Failures),
  );
}
