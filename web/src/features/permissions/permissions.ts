import {
  BatchRevokePermissionsCommand, GrantPermissionsCommand, LakeFormationClient, ListPermissionsCommand,
  type GrantPermissionsRequest, type Permission, type PrincipalResourcePermissions, type Resource,
} from "@aws-sdk/client-lakeformation";
import { clientOf } from "../../api/clients";
import { allDone } from "../../api/failures";
import { useChange, usePages } from "../../api/queries";
import { useSession } from "../../signin/useSession";

export type { Permission, Resource };
export type Held = PrincipalResourcePermissions;

/** Whose grants, or on what; both together ask what somebody's grants amount to. Neither: every grant one may see. */
export interface Asked {
  principal?: string | undefined;
  resource?: Resource | undefined;
}

/** Grants that the person may see, page by page. */
export function usePermissions({ principal, resource }: Asked) {
  const lake = clientOf(useSession(), LakeFormationClient);
  return usePages<Held>(["permissions", principal, resource], async (token, abortSignal) => {
    const answer = await lake.send(
      new ListPermissionsCommand({
        Principal: principal ? { DataLakePrincipalIdentifier: principal } : undefined, Resource: resource, NextToken: token, MaxResults: 100,
      }),
      { abortSignal },
    );
    return { items: answer.PrincipalResourcePermissions ?? [], next: answer.NextToken };
  });
}

/** Makes a grant. */
export function useGrant() {
  const lake = clientOf(useSession(), LakeFormationClient);
  return useChange((grant: GrantPermissionsRequest) => lake.send(new GrantPermissionsCommand(grant)));
}

/** The input of the operation that takes these grants away. */
export const revocationOf = (held: Held[]) => ({
  Entries: held.map(({ Principal, Resource, Condition, Permissions, PermissionsWithGrantOption }, at) => ({
    Id: String(at),
    Principal,
    Resource,
    Permissions,
    ...(Condition && { Condition }),
    ...(PermissionsWithGrantOption?.length && { PermissionsWithGrantOption }),
  })),
});

/** Takes grants away. @throws what the server says of the first one that it did not take. */
export function useRevoke() {
  const lake = clientOf(useSession(), LakeFormationClient);
  return useChange(
    async (held: Held[]) => allDone((await lake.send(new BatchRevokePermissionsCommand(revocationOf(held)))).Failures),
  );
}
