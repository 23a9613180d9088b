// @vitest-environment jsdom
import { Readable } from "node:stream";
import { CreateDatabaseCommand, GlueClient, type GlueClientConfig } from "@aws-sdk/client-glue";
import { HttpResponse } from "@smithy/core/transport";
import { afterEach, beforeEach, expect, test, vi, type Mock } from "vitest";
import { clientOf, weirOf } from "./clients";
import { kDeadline, kLongDeadline } from "./deadline";
import type { Session } from "./session";
import { deadlineOf } from "./weir";

const never = () => new Promise<never>(() => {});
/** The network of the AWS clients, and that of our own; how often they are used. */
const wire = vi.fn<() => Promise<{ response: HttpResponse }>>();
const fetched = vi.fn<typeof fetch>(never);

class Glue extends GlueClient {
  constructor(options: GlueClientConfig) {
    super({ ...options, requestHandler: { handle: wire } });
  }
}

const session = (credentials: Session["credentials"] = async () => ({ accessKeyId: "A", secretAccessKey: "S" })): Session => ({
  region: "us-east-1", account: "111122223333", arn: "", name: "ada", credentials, signOut: async () => undefined,
});
const create = (of: Session) => clientOf(of, Glue).send(new CreateDatabaseCommand({ DatabaseInput: { Name: "d" } }));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", fetched);
  wire.mockReset();
  fetched.mockClear();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** What a call throws, however long that takes; once it was sent, where it is to be: the SDK loads parts of itself first, and no clock hurries that. */
async function thrownBy(call: Promise<unknown>, sent?: Mock): Promise<Error> {
  const thrown = call.then(() => { throw new Error("it worked"); }, (why: Error) => why);
  if (sent) await vi.waitFor(() => expect(sent).toHaveBeenCalled(), 10_000);
  await vi.advanceTimersByTimeAsync(10 * kLongDeadline);
  return thrown;
}

const answered = async (statusCode: number, body: Readable) => ({ response: new HttpResponse({ statusCode, headers: {}, body }) });

test.each([
  ["an AWS client", create, wire],
  ["our own client", (of: Session) => weirOf(of)("DeleteChannel", { Name: "ops" }), fetched],
])("a call of %s that hangs is given up, and not sent again", async (_, call, used) => {
  wire.mockImplementation(never);
  expect((await thrownBy(call(session()), used)).name).toBe("NoAnswer");
  expect(used).toHaveBeenCalledOnce();
});

test("so is one whose answer never ends", async () => {
  wire.mockImplementation(() => answered(200, new Readable({ read: () => undefined })));
  expect((await thrownBy(create(session()), wire)).name).toBe("NoAnswer");
});

test("so is one that waits for credentials, and it is not sent", async () => {
  expect((await thrownBy(create(session(never)))).name).toBe("NoAnswer");
  expect(wire).not.toHaveBeenCalled();
});

test.each([
  ["a line that is lost", () => Promise.reject(new TypeError("Failed to fetch"))],
  ["a proxy that gives up", () => answered(504, Readable.from([]))],
  ["a server that fails", () => answered(500, Readable.from(['{"__type": "InternalServiceException"}']))],
])("%s has nothing sent twice: it may have been done", async (_, answer) => {
  wire.mockImplementation(answer);
  expect((await thrownBy(create(session()), wire)).message).not.toBe("it worked");
  expect(wire).toHaveBeenCalledOnce();
});

test("who asks the server to wait waits as much longer, and what looks through much may take longer", () => {
  expect(deadlineOf("GetQueryResults", { QueryId: "q", WaitSeconds: 10 })).toBe(kDeadline + 10_000);
  expect(deadlineOf("GetAccessMatrix", {})).toBe(kLongDeadline);
  expect(deadlineOf("PutChannel", {})).toBe(kDeadline);
});
