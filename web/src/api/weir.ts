import { Sha256 } from "@aws-crypto/sha256-js";
import { HttpRequest } from "@smithy/core/transport";
import { SignatureV4 } from "@smithy/signature-v4";
import { kDeadline, kLongDeadline, within } from "./deadline";
import type { CredentialSource } from "./session";
import type { Operations } from "./weir.gen";

/** Calls one operation of the service `weir`, signed as the person. Throws an Error whose name is the API's code. */
export type WeirCall = <Name extends keyof Operations>(
  operation: Name,
  input: Operations[Name]["input"],
  abort?: AbortSignal,
) => Promise<Operations[Name]["output"]>;

class WeirError extends Error {
  /** As the AWS SDK's errors have it. */
  readonly $metadata: { httpStatusCode: number };
  constructor(code: string, message: string, httpStatusCode: number) {
    super(message);
    this.name = code;
    this.$metadata = { httpStatusCode };
  }
}

/** What may take longer than the rest. */
const slow: ReadonlySet<keyof Operations> = new Set([
  "DiagnoseShare", "DryRun", "Explain", "GetAccessMatrix", "GetGrantLineage", "GetUsage", "SearchAudit", "VerifyAccessGrants",
]);

/** How long an operation may take: who asks the server to wait for something waits as much longer. */
export function deadlineOf(operation: keyof Operations, input: object): number {
  const waits = "WaitSeconds" in input ? Number(input.WaitSeconds) : 0;
  return (slow.has(operation) ? kLongDeadline : kDeadline) + waits * 1000;
}

async function faultIn(answer: Response): Promise<WeirError> {
  const body = (await answer.json().catch(() => ({}))) as { __type?: string; message?: string; Message?: string };
  const code = (body.__type ?? answer.headers.get("x-amzn-errortype") ?? "ServiceFault").split("#").pop() ?? "";
  return new WeirError(code.split(":")[0] ?? "", body.message ?? body.Message ?? `The server answered ${answer.status}.`, answer.status);
}

const kHeaders = { "content-type": "application/x-amz-json-1.1" };
const target = (operation: string) => ({ "x-amz-target": `Weir.${operation}` });

async function post<Output>(headers: Record<string, string>, body: string, signal: AbortSignal): Promise<Output> {
  const answer = await fetch("/", { method: "POST", headers, body, signal });
  if (!answer.ok) throw await faultIn(answer);
  const text = await answer.text();
  return JSON.parse(text || "{}") as Output;
}

/** For the operations of who has no credentials yet. */
export const weirUnsigned: WeirCall = (operation, input, abort) =>
  within(deadlineOf(operation, input), (signal) => post({ ...kHeaders, ...target(operation) }, JSON.stringify(input), signal), abort);

/** The client of our own service: JSON 1.1 with Signature Version 4, as any SDK would speak it. */
export function weirClient(region: string, credentials: CredentialSource): WeirCall {
  const signer = new SignatureV4({ service: "weir", region, credentials, sha256: Sha256 });
  const signed = async (operation: string, body: string) => {
    const { headers } = await signer.sign(
      new HttpRequest({
        method: "POST",
        protocol: location.protocol,
        hostname: location.hostname,
        path: "/",
        headers: { host: location.host, ...kHeaders, ...target(operation) },
        body,
      }),
    );
    const { host: _, ...sent } = headers; // browsers set it themselves, to the same
    return sent;
  };
  return (operation, input, abort) => {
    const body = JSON.stringify(input);
    return within(deadlineOf(operation, input), async (signal) => post(await signed(operation, body), body, signal), abort);
  };
}
