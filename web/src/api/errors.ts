import { kDeadline, within } from "./deadline";

/** What went wrong, in words for the person, whichever API said it. */
export interface Fault {
  code: string;
  message: string;
  /** Of a denial: what the Explain page takes. */
  decisionId?: string;
}

const decision = /\s*\(decision ([^)\s]+)\)\s*\.?$/;

const fault = (code: string, message: string): Error => Object.assign(new Error(message), { name: code });

/**
 * Why a file of the console itself could not be loaded: the server cannot be reached, or it has other files by now than this page knows
 * of. Browsers may remember that a file was missing, so that only a page that is loaded anew gets it.
 */
export async function whyNotLoaded(thrown: unknown): Promise<unknown> {
  if (!(thrown instanceof Error) || !/import|module|preload/i.test(thrown.message)) return thrown;
  const config = `${import.meta.env.BASE_URL}config.json`;
  const answers = await within(kDeadline, (signal) => fetch(config, { cache: "no-store", signal })).then(() => true, () => false); // whatever it answers
  return answers
    ? fault("OutOfDate", "A part of the console could not be loaded. The server may have a newer version: reload the page.")
    : fault("Unreachable", "The server cannot be reached.");
}

/** What says more to people in other words than in those of who throws it. */
const otherWords: [words: RegExp, message: string][] = [
  [/^(Invalid timestamp\.?$|Signature (expired|not yet current): )/i, "The clock of this computer is wrong. Set it to the right time and sign in again."],
];

/** Any thrown value as a Fault. The id of the decision is taken out of the sentence, where the server puts it. */
export function faultOf(thrown: unknown): Fault {
  const error = thrown as { name?: string; message?: string } | undefined;
  const text = error?.message ?? String(thrown);
  if (error?.name === "TypeError" && /fetch|network|load failed/i.test(text))
    return { code: "Unreachable", message: "The server cannot be reached." };
  const found = decision.exec(text);
  return {
    code: error?.name ?? "Error",
    message: otherWords.find(([words]) => words.test(text))?.[1] ?? (found ? text.slice(0, found.index) : text),
    ...(found?.[1] && { decisionId: found[1] }),
  };
}

/** Whether the API refused the caller (and not the question). */
export const isDenied = (fault: Fault): boolean => /^AccessDenied|^UnauthorizedException$/.test(fault.code);
/** Whether what was asked for is not there. */
export const isAbsent = (fault: Fault): boolean => /NotFound|NoSuch|DoesNotExist|UnknownResource/.test(fault.code);
/** Whether the person is not signed in any more: the sign-in is over, or the server knows its credentials or token no longer. */
export const isSignInEnd = (fault: Fault): boolean =>
  /^(SignInEnded|ExpiredToken|ExpiredTokenException|UnrecognizedClientException|InvalidClientTokenId)$/.test(fault.code) ||
  (fault.code === "NotAuthorizedException" && /access token/i.test(fault.message));

/** Whether nothing came back: what was sent may have been done, or may still be. */
const isUnanswered = (fault: Fault): boolean => fault.code === "NoAnswer" || fault.code === "Unreachable";

/** Any thrown value as the Fault of something that changes the server: where nothing came back, that says nothing about the deed. */
export function faultOfChange(thrown: unknown): Fault {
  const fault = faultOf(thrown);
  return isUnanswered(fault) ? { ...fault, message: `${fault.message} What was sent may still be done: look before you send it again.` } : fault;
}

/** Statuses of who stands before the server, and of a server that has too much to do. */
const kPassing = [429, 500, 502, 503, 504];

/** Whether reading may work a moment later: nobody could be reached, or whoever answered could not tell. */
export function isPassing(thrown: unknown): boolean {
  const { $metadata } = (thrown ?? {}) as { $metadata?: { httpStatusCode?: number } };
  return faultOf(thrown).code === "Unreachable" || kPassing.includes($metadata?.httpStatusCode ?? 0);
}
