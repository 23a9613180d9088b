/** How long a call may take before it is given up, in milliseconds: for what the server does at once, over a line that is slow. */
export const kDeadline = 30_000;
/** The same for what looks through much: the trail, all grants of a lake, everybody's rights. */
export const kLongDeadline = 120_000;

const noAnswer = (milliseconds: number) =>
  Object.assign(new Error(`The server did not answer within ${milliseconds / 1000} seconds.`), { name: "NoAnswer" });

/**
 * Gives a call up that does not answer in time, or that nobody waits for any more: its request is ended by the signal. Who waits hears of it
 * even where the call does not listen to a signal, as while it asks for credentials. What was sent by then may still be done.
 * @throws NoAnswer, or the reason of `abort`
 */
export async function within<Answer>(
  milliseconds: number, call: (signal: AbortSignal) => Promise<Answer>, abort?: AbortSignal | null,
): Promise<Answer> {
  abort?.throwIfAborted();
  const ending = new AbortController();
  const given = new Promise<never>((_, reject) => ending.signal.addEventListener("abort", () => reject(ending.signal.reason as Error)));
  const follow = () => ending.abort(abort?.reason);
  const timer = setTimeout(() => ending.abort(noAnswer(milliseconds)), milliseconds);
  abort?.addEventListener("abort", follow);
  try {
    return await Promise.race([call(ending.signal), given]);
  } finally {
    clearTimeout(timer);
    abort?.removeEventListener("abort", follow);
  }
}
