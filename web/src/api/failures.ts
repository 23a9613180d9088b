interface Failure {
  Error?: { ErrorCode?: string | undefined; ErrorMessage?: string | undefined } | undefined;
}

/**
 * Of operations that answer with what they did not do: nothing left undone.
 * @throws the first failure, as if the operation had failed by it.
 */
export function allDone(failures: Failure[] | undefined): true {
  const [failure] = failures ?? [];
  if (failure) throw Object.assign(new Error(failure.Error?.ErrorMessage), { name: failure.Error?.ErrorCode ?? "Failure" });
  return true;
}
