import {
  DeregisterResourceCommand, GetEffectivePermissionsForPathCommand, LakeFormationClient, ListResourcesCommand, RegisterResourceCommand,
  type PrincipalResourcePermissions, type RegisterResourceRequest, type ResourceInfo,
} from "@aws-sdk/client-lakeformation";
import { clientOf } from "../../api/clients";
import { useChange, usePages } from "../../api/queries";
import { useSession } from "../../signin/useSession";

export type { ResourceInfo };

const useLake = () => clientOf(useSession(), LakeFormationClient);

/** Registered locations, page by page. */
export function useLocations() {
  const lake = useLake();
  return usePages<ResourceInfo>(["locations"], async (token, abortSignal) => {
    const { ResourceInfoList, NextToken } = await lake.send(new ListResourcesCommand({ NextToken: token, MaxResults: 100 }), { abortSignal });
    return { items: ResourceInfoList ?? [], next: NextToken };
  });
}

/** Grants that reach data at a place, page by page; none while there is no place. */
export function usePathPermissions(arn: string | undefined) {
  const lake = useLake();
  return usePages<PrincipalResourcePermissions>(["path-permissions", arn], async (token, abortSignal) => {
    const { Permissions, NextToken } = await lake.send(
      new GetEffectivePermissionsForPathCommand({ ResourceArn: arn, NextToken: token, MaxResults: 100 }), { abortSignal });
    return { items: Permissions ?? [], next: NextToken };
  }, { when: arn !== undefined });
}

/** Registers a location. */
export function useRegister() {
  const lake = useLake();
  return useChange((request: RegisterResourceRequest) => lake.send(new RegisterResourceCommand(request)));
}

/** Deregisters the location of that ARN. */
export function useDeregister() {
  const lake = useLake();
  return useChange((ResourceArn: string) => lake.send(new DeregisterResourceCommand({ ResourceArn })));
}
