import {
  CreateLakeFormationOptInCommand, DeleteLakeFormationOptInCommand, LakeFormationClient, ListLakeFormationOptInsCommand,
  type CreateLakeFormationOptInRequest, type LakeFormationOptInsInfo,
} from "@aws-sdk/client-lakeformation";
import { clientOf } from "../../api/clients";
import { useChange, usePages } from "../../api/queries";
import { useSession } from "../../signin/useSession";

/** For whom grants count where a location is in hybrid access mode, and on what. */
export type OptIn = LakeFormationOptInsInfo;
export type OptInRequest = CreateLakeFormationOptInRequest;

const useLake = () => clientOf(useSession(), LakeFormationClient);

/** Opt-ins that the person may see, page by page. */
export function useOptIns() {
  const lake = useLake();
  return usePages<OptIn>(["opt-ins"], async (token, abortSignal) => {
    const { LakeFormationOptInsInfoList, NextToken } = await lake.send(
      new ListLakeFormationOptInsCommand({ NextToken: token, MaxResults: 100 }), { abortSignal });
    return { items: LakeFormationOptInsInfoList ?? [], next: NextToken };
  });
}

/** What names an opt-in, as the operations take it. */
export const requestOf = ({ Principal, Resource, Condition }: OptIn): OptInRequest => ({
  Principal, Resource, ...(Condition && { Condition }),
});

/** Opts somebody in. */
export function useOptIn() {
  const lake = useLake();
  return useChange((request: OptInRequest) => lake.send(new CreateLakeFormationOptInCommand(request)));
}

/** Ends an opt-in. */
export function useOptOut() {
  const lake = useLake();
  return useChange((optIn: OptIn) => lake.send(new DeleteLakeFormationOptInCommand(requestOf(optIn))));
}
