import { weirOf } from "../../api/clients";
import { useChange, useRead } from "../../api/queries";
import { useSession } from "../../signin/useSession";

/** The policy in force, with its version. */
export function usePolicy() {
  const weir = weirOf(useSession());
  return useRead(["policy"], (abort) => weir("GetApprovalPolicy", {}, abort));
}

/** Sets the policy, if the version that was read is still the one in force. */
export function useSavePolicy() {
  const weir = weirOf(useSession());
  return useChange(({ text, version }: { text: string; version: number }) =>
    weir("PutApprovalPolicy", { Policy: text, ExpectedVersion: version }));
}
