/** What went wrong, in words for the person, whichever API said it. */
export interface Fault {
  code: string;
  message: string;
  /** Of a denial: what the Explain page takes. */
  decisionId?: string;
}

const decision = /\s*\(decision ([^)\s]+)\)\s*\.?$/;

/** Any thrown value as a Fault. The id of the decision is taken out of the sentence, where the server puts it. */
export function faultOf(thrown: unknown): Fault {
  const error = thrown as { name?: string; message?: string } | undefined;
  const text = error?.message ?? String(thrown);
  if (error?.name === "TypeError" && /fetch|network|load failed/i.test(text))
    return { code: "Unreachable", message: "The server cannot be reached." };
  const found = decision.exec(text);
  return {
    code: error?.name ?? "Error",
    message: found ? text.slice(0, found.index) : text,
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
