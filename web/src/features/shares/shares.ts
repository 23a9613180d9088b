import {
  AcceptResourceShareInvitationCommand, GetResourceShareAssociationsCommand, GetResourceShareInvitationsCommand, GetResourceSharesCommand,
  ListPendingInvitationResourcesCommand, ListResourcesCommand, RAMClient, RejectResourceShareInvitationCommand,
  type Resource, type ResourceShare, type ResourceShareAssociation, type ResourceShareInvitation,
} from "@aws-sdk/client-ram";
import { clientOf, weirOf } from "../../api/clients";
import { allItems, useChange, usePages, useRead } from "../../api/queries";
import type { Operations } from "../../api/weir.gen";
import { useSession } from "../../signin/useSession";

export type { Resource, ResourceShare, ResourceShareAssociation, ResourceShareInvitation };
export type Diagnosis = Operations["DiagnoseShare"]["output"];

const useRam = () => clientOf(useSession(), RAMClient);

/** Shares of one's own account, or those that others have with it, page by page. */
export function useShares(resourceOwner: "SELF" | "OTHER-ACCOUNTS") {
  const ram = useRam();
  return usePages<ResourceShare>(["shares", resourceOwner], async (nextToken, abortSignal) => {
    const answer = await ram.send(new GetResourceSharesCommand({ resourceOwner, nextToken, maxResults: 100 }), { abortSignal });
    return { items: answer.resourceShares ?? [], next: answer.nextToken };
  });
}

/** One share; null where there is none that one may see. */
export function useShare(arn: string, resourceOwner: "SELF" | "OTHER-ACCOUNTS") {
  const ram = useRam();
  return useRead(["share", arn], async (abortSignal) => {
    const { resourceShares } = await ram.send(new GetResourceSharesCommand({ resourceOwner, resourceShareArns: [arn] }), { abortSignal });
    return resourceShares?.[0] ?? null;
  });
}

/** Whom a share of one's own is with. */
export function useShareHolders(arn: string, { when = true } = {}) {
  const ram = useRam();
  return usePages<ResourceShareAssociation>(["share-holders", arn], async (nextToken, abortSignal) => {
    const answer = await ram.send(
      new GetResourceShareAssociationsCommand({ associationType: "PRINCIPAL", resourceShareArns: [arn], nextToken, maxResults: 100 }), { abortSignal });
    return { items: answer.resourceShareAssociations ?? [], next: answer.nextToken };
  }, { when });
}

/** What is shared: by a share, or by all that others have with one's account. */
export function useSharedResources(resourceOwner: "SELF" | "OTHER-ACCOUNTS", share?: string) {
  const ram = useRam();
  return usePages<Resource>(["shared-resources", resourceOwner, share], async (nextToken, abortSignal) => {
    const answer = await ram.send(
      new ListResourcesCommand({ resourceOwner, resourceShareArns: share ? [share] : undefined, nextToken, maxResults: 100 }), { abortSignal });
    return { items: answer.resources ?? [], next: answer.nextToken };
  });
}

/** Invitations to the account, answered ones too, page by page. */
export function useInvitations() {
  const ram = useRam();
  return usePages<ResourceShareInvitation>(["invitations"], async (nextToken, abortSignal) => {
    const answer = await ram.send(new GetResourceShareInvitationsCommand({ nextToken, maxResults: 100 }), { abortSignal });
    return { items: answer.resourceShareInvitations ?? [], next: answer.nextToken };
  });
}

/** All that an open invitation brings: who accepts it accepts the whole of it. */
export function useInvitedResources(resourceShareInvitationArn: string) {
  const ram = useRam();
  return useRead(["invited-resources", resourceShareInvitationArn], (abortSignal) => allItems<Resource>(async (nextToken) => {
    const answer = await ram.send(
      new ListPendingInvitationResourcesCommand({ resourceShareInvitationArn, nextToken, maxResults: 100 }), { abortSignal });
    return { items: answer.resources ?? [], next: answer.nextToken };
  }), { list: true });
}

/** Rejects an invitation. */
export function useReject() {
  const ram = useRam();
  return useChange((resourceShareInvitationArn: string) => ram.send(new RejectResourceShareInvitationCommand({ resourceShareInvitationArn })));
}

/** Accepting an invitation, for who does more than that. */
export function useAccepting() {
  const ram = useRam();
  return (resourceShareInvitationArn: string) => ram.send(new AcceptResourceShareInvitationCommand({ resourceShareInvitationArn }));
}

/** Where sharing something with an account stands, step by step. */
export function useDiagnosis(From: string, To: string, Resource: string, Principal?: string) {
  const weir = weirOf(useSession());
  return useRead<Diagnosis>(["diagnosis", From, To, Resource, Principal], (abort) =>
    weir("DiagnoseShare", { From, To, Resource, ...(Principal && { Principal }) }, abort));
}
