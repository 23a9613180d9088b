import { useMemo } from "react";
import { weirOf } from "../../api/clients";
import { useRead } from "../../api/queries";
import type { GetUsageRequest, GetUsageResponse } from "../../api/weir.gen";
import { useSession } from "../../signin/useSession";
import type { Period } from "../../ui/periods";
import type { Bucket } from "./series";

export type Dimension = GetUsageRequest["By"];
export type Narrowed = Pick<GetUsageRequest, "Principal" | "Table" | "Operation">;

/** While the trail is still being counted, it is asked again. */
const kStillCounting = 500;

/** Up to a week is told by the hour, more by the day. */
export const bucketFor = ({ seconds }: Period): Bucket => (seconds <= 7 * 86_400 ? "HOUR" : "DAY");

/** From when to when a period reaches. The hour or day in which it begins is counted whole. @param now in seconds */
export const spanOf = ({ seconds }: Period, now: number) => ({ From: now - seconds, To: now });

/** The span of a period up to the moment in which it was chosen. */
export const useSpan = (period: Period) => useMemo(() => spanOf(period, Math.floor(Date.now() / 1000)), [period]);

/** Counts of a span by the hour or day, told apart by one thing. */
export function useUsage(span: ReturnType<typeof spanOf>, Bucket: Bucket, By: Dimension, narrowed: Narrowed) {
  const weir = weirOf(useSession());
  return useRead<GetUsageResponse>(["usage", span, By, narrowed], (abort) => weir("GetUsage", { ...span, Bucket, By, ...narrowed }, abort),
    { every: (last) => (last?.Complete === false ? kStillCounting : 0) });
}
