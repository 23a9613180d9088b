import { fetchAuthSession, signOut } from "@aws-amplify/auth";
import { cognitoCredentialsProvider, cognitoUserPoolsTokenProvider } from "@aws-amplify/auth/cognito";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isSignedIn, leavePool } from "./pool";

vi.mock("@aws-amplify/auth");
vi.mock("@aws-amplify/auth/cognito", () => ({
  cognitoUserPoolsTokenProvider: { tokenOrchestrator: { clearTokens: vi.fn(async () => undefined) } },
  cognitoCredentialsProvider: { clearCredentialsAndIdentityId: vi.fn(async () => undefined) },
}));

const never = () => new Promise<never>(() => {});
const forgotten = () => [
  vi.mocked(cognitoUserPoolsTokenProvider.tokenOrchestrator.clearTokens), vi.mocked(cognitoCredentialsProvider.clearCredentialsAndIdentityId),
].map(({ mock }) => mock.calls.length);

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => {
  vi.clearAllMocks();
  vi.useRealTimers();
});

test("who signs out is signed out here, though the server does not hear of it", async () => {
  vi.mocked(signOut).mockImplementation(never);
  const left = leavePool();
  await vi.advanceTimersByTimeAsync(5_000);
  await left;
  expect(forgotten()).toEqual([1, 1]);
});

test("what Amplify forgets itself is not forgotten twice", async () => {
  vi.mocked(signOut).mockResolvedValue(undefined);
  await leavePool();
  expect(forgotten()).toEqual([0, 0]);
});

test("a server that does not answer does not say that nobody is signed in; one that refuses does", async () => {
  vi.mocked(fetchAuthSession).mockImplementation(never);
  const hangs = isSignedIn().catch(({ name }: Error) => name);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await hangs).toBe("NoAnswer");
  vi.mocked(fetchAuthSession).mockRejectedValue(Object.assign(new Error("No."), { name: "NotAuthorizedException" }));
  expect(await isSignedIn()).toBe(false);
});
