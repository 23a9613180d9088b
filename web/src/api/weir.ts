import { Sha256 } from "@aws-crypto/sha256-js";
import { HttpRequest } from "@smithy/core/transport";
import { SignatureV4 } from "@smithy/signature-v4";
import type { CredentialSource } from "./session";
import type { Operations } from "./weir.gen";

/** Calls one operation of the service `weir`, signed as the person. Throws an Error whose name is the API's code. */
export type WeirCall = <Name extends keyof Operations>(
  operation: Name,
  input: Operations[Name]["input"],
  abort?: AbortSignal,
) => Promise<Operations[Name]["output"]>;

class WeirError extends Error {
  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

async function faultIn(answer: Response): Promise<WeirError> {
  const body = (await answer.json().catch(() => ({}))) as { __type?: string; message?: string; Message?: string };
  const code = (body.__type ?? answer.headers.get("x-amzn-errortype") ?? "ServiceFault").split("#").pop() ?? "";
  return new WeirError(code.split(":")[0] ?? "", body.message ?? body.Message ?? `The server answered ${answer.status}.`);
}

const kHeaders = { "content-type": "application/x-amz-json-1.1" };
const target = (operation: string) => ({ "x-amz-target": `Weir.${operation}` });

async function post<Output>(headers: Record<string, string>, body: string, abort?: AbortSignal): Promise<Output> {
  const answer = await fetch("/", { method: "POST", headers, body, signal: abort ?? null });
  if (!answer.ok) throw await faultIn(answer);
  const text = await answer.text();
  return JSON.parse(text || "{}") as Output;
}

/** For the operations of who has no credentials yet. */
export const weirUnsigned: WeirCall = (operation, input, abort) =>
  post({ ...kHeaders, ...target(operation) }, JSON.stringify(input), abort);

/** The client of our own service: JSON 1.1 with Signature Version 4, as any SDK would speak it. */
export function weirClient(region: string, credentials: CredentialSource): WeirCall {
  const signer = new SignatureV4({ service: "weir", region, credentials, sha256: Sha256 });
  return async (operation, input, abort) => {
    const body = JSON.stringify(input);
    const signed = await signer.sign(
      new HttpRequest({
        method: "POST",
        protocol: location.protocol,
        hostname: location.hostname,
        path: "/",
        headers: { host: location.host, ...kHeaders, ...target(operation) },
        body,
      }),
    );
    const { host: _, ...headers } = signed.headers; // browsers set it themselves, to the same
    return post(headers, body, abort);
  };
}
