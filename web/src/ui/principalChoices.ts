import { IAMClient, ListRolesCommand, ListSAMLProvidersCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { clientOf } from "../api/clients";
import { usePages, type Page, type PagedRead } from "../api/queries";
import { useSession } from "../signin/useSession";

/** A name that can be picked, and the ARN it stands for. */
export interface Choice {
  name: string;
  arn: string;
}

const choice = ({ name, arn }: { name: string | undefined; arn: string | undefined }): Choice => ({ name: name ?? "", arn: arn ?? "" });

type Lister = (iam: IAMClient, Marker: string | undefined, options: { abortSignal: AbortSignal }) => Promise<Page<Choice>>;

const listers: Record<"users" | "roles" | "providers", Lister> = {
  users: async (iam, Marker, options) => {
    const answer = await iam.send(new ListUsersCommand({ Marker, MaxItems: 200 }), options);
    return { items: (answer.Users ?? []).map(({ UserName, Arn }) => choice({ name: UserName, arn: Arn })), next: answer.Marker };
  },
  roles: async (iam, Marker, options) => {
    const answer = await iam.send(new ListRolesCommand({ Marker, MaxItems: 200 }), options);
    return { items: (answer.Roles ?? []).map(({ RoleName, Arn }) => choice({ name: RoleName, arn: Arn })), next: answer.Marker };
  },
  providers: async (iam, _, options) => {
    const { SAMLProviderList = [] } = await iam.send(new ListSAMLProvidersCommand({}), options);
    return { items: SAMLProviderList.map(({ Arn }) => choice({ name: Arn?.split("saml-provider/")[1], arn: Arn })) };
  },
};

/** Users, roles or identity providers of the account, page by page. */
export function useChoices(from: keyof typeof listers | undefined): PagedRead<Choice> {
  const iam = clientOf(useSession(), IAMClient);
  return usePages<Choice>(
    ["principal-choices", from],
    (token, abortSignal) => (from ? listers[from](iam, token, { abortSignal }) : Promise.resolve({ items: [] })),
    { when: from !== undefined },
  );
}
