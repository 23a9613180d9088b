// Who may sign in: people and groups of the console's user pool, by the administrators' operations of cognito-idp.
import {
  AdminAddUserToGroupCommand, AdminCreateUserCommand, AdminDeleteUserCommand, AdminDisableUserCommand, AdminEnableUserCommand,
  AdminListGroupsForUserCommand, AdminRemoveUserFromGroupCommand, AdminResetUserPasswordCommand, AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient, CreateGroupCommand, DeleteGroupCommand, ListGroupsCommand, ListUsersCommand,
  ListUsersInGroupCommand, UpdateGroupCommand,
  type GroupType, type UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import { clientOf } from "../../api/clients";
import { allItems, useChange, usePages, useRead } from "../../api/queries";
import { useConfig, useSession } from "../../signin/useSession";
import { actsAs } from "../../ui/principals";

export type Person = UserType;
export type Group = GroupType;

/** The client, and the pool that the console signs people in with. */
function usePool() {
  return { idp: clientOf(useSession(), CognitoIdentityProviderClient), UserPoolId: useConfig().userPoolId };
}

/** A filter of ListUsers for names that begin with the text; none for no text. */
export const beginning = (text: string): string | undefined =>
  text.trim() ? `username ^= "${text.trim().replace(/["\\]/g, "\\$&")}"` : undefined;

/** People of the pool, page by page. @param start what their names begin with. */
export function usePeople(start: string) {
  const { idp, UserPoolId } = usePool();
  return usePages<Person>(["people", start], async (token, abortSignal) => {
    const { Users, PaginationToken } = await idp.send(
      new ListUsersCommand({ UserPoolId, PaginationToken: token, Limit: 60, Filter: beginning(start) }), { abortSignal });
    return { items: Users ?? [], next: PaginationToken };
  });
}

/** Groups of the pool, page by page. */
export function useGroups() {
  const { idp, UserPoolId } = usePool();
  return usePages<Group>(["people-groups"], async (token, abortSignal) => {
    const { Groups, NextToken } = await idp.send(new ListGroupsCommand({ UserPoolId, NextToken: token, Limit: 60 }), { abortSignal });
    return { items: Groups ?? [], next: NextToken };
  });
}

/** Whether it is the name of the person who is signed in. */
export function useIsOneself(): (name: string) => boolean {
  const { accessToken, name: own } = useSession();
  return (name) => accessToken !== undefined && name === own; // who came by the company is nobody of the pool
}

/** Whether the person who is signed in acts by the role of a group. */
export function useIsOwnRole(): (group: Group) => boolean {
  const { arn } = useSession();
  return ({ RoleArn }) => RoleArn !== undefined && actsAs(arn, RoleArn);
}

/** All groups that somebody is in. */
export function useGroupsOf(Username: string) {
  const { idp, UserPoolId } = usePool();
  return useRead(["people-groups-of", Username], (abortSignal) => allItems<Group>(async (token) => {
    const { Groups, NextToken } = await idp.send(
      new AdminListGroupsForUserCommand({ UserPoolId, Username, NextToken: token, Limit: 60 }), { abortSignal });
    return { items: Groups ?? [], next: NextToken };
  }), { list: true });
}

/** Who is in a group, page by page. */
export function usePeopleIn(GroupName: string) {
  const { idp, UserPoolId } = usePool();
  return usePages<Person>(["people-in", GroupName], async (token, abortSignal) => {
    const { Users, NextToken } = await idp.send(new ListUsersInGroupCommand({ UserPoolId, GroupName, NextToken: token, Limit: 60 }), { abortSignal });
    return { items: Users ?? [], next: NextToken };
  });
}

/** Somebody who is asked to come: a temporary password goes to their address. */
export interface Invitation {
  name: string;
  email: string;
  groups: string[];
}

/** Invites somebody, and puts them into groups. The mail is on its way then: `left` are the groups that they could not be put into. */
export function useInvite() {
  const { idp, UserPoolId } = usePool();
  return useChange(async ({ name, email, groups }: Invitation, gone) => {
    const attributes = [{ Name: "email", Value: email }, { Name: "email_verified", Value: "true" }];
    await idp.send(new AdminCreateUserCommand({ UserPoolId, Username: name, UserAttributes: attributes, DesiredDeliveryMediums: ["EMAIL"] }));
    const left: string[] = [];
    for (const GroupName of groups) {
      gone.throwIfAborted();
      await idp.send(new AdminAddUserToGroupCommand({ UserPoolId, Username: name, GroupName })).catch(() => left.push(GroupName));
    }
    return { left };
  });
}

/** Puts somebody into groups, and takes them out of others. */
export function useMove(Username: string) {
  const { idp, UserPoolId } = usePool();
  return useChange(async ({ into, outOf }: { into: string[]; outOf: string[] }, left) => {
    const moves = [
      ...into.map((GroupName) => () => idp.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }))),
      ...outOf.map((GroupName) => () => idp.send(new AdminRemoveUserFromGroupCommand({ UserPoolId, Username, GroupName }))),
    ];
    for (const move of moves) {
      left.throwIfAborted();
      await move();
    }
    return true;
  });
}

/** What can be done to somebody with one call. */
export type Deed = "invite" | "reset" | "sign-out" | "disable" | "enable" | "delete";

/** Does it. */
export function useDeed() {
  const { idp, UserPoolId } = usePool();
  return useChange(({ deed, Username }: { deed: Deed; Username: string }): Promise<unknown> => {
    const whom = { UserPoolId, Username };
    switch (deed) {
      case "invite": return idp.send(new AdminCreateUserCommand({ ...whom, MessageAction: "RESEND", DesiredDeliveryMediums: ["EMAIL"] }));
      case "reset": return idp.send(new AdminResetUserPasswordCommand(whom));
      case "sign-out": return idp.send(new AdminUserGlobalSignOutCommand(whom));
      case "disable": return idp.send(new AdminDisableUserCommand(whom));
      case "enable": return idp.send(new AdminEnableUserCommand(whom));
      case "delete": return idp.send(new AdminDeleteUserCommand(whom));
    }
  });
}

/** A group as it is wanted. */
export interface WantedGroup {
  name: string;
  description: string;
  /** The role that its people act as; none leaves a new group's people what everybody is, and one that is there its role. */
  role: string | undefined;
  isNew: boolean;
}

/** Makes a group, or changes the one that is there. */
export function usePutGroup() {
  const { idp, UserPoolId } = usePool();
  return useChange(({ name, description, role, isNew }: WantedGroup): Promise<unknown> => {
    const group = { UserPoolId, GroupName: name, Description: description, ...(role && { RoleArn: role }) };
    return isNew ? idp.send(new CreateGroupCommand(group)) : idp.send(new UpdateGroupCommand(group));
  });
}

/** Deletes a group by its name; its people stay. */
export function useDeleteGroup() {
  const { idp, UserPoolId } = usePool();
  return useChange((GroupName: string) => idp.send(new DeleteGroupCommand({ UserPoolId, GroupName })));
}

/** The value of an attribute of somebody. */
export const attribute = ({ Attributes }: Person, name: string): string | undefined =>
  Attributes?.find(({ Name }) => Name === name)?.Value;
