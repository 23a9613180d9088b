import { useMemo } from "react";
import { weirOf } from "../../api/clients";
import { useRead } from "../../api/queries";
import type { GetUsageRequest, GetUsageResponse } from "../../api/weir.gen";
import { useSession } from "../../signin/useSession";
import type { Period } from "../../ui/periods";
import { kBucketSeconds, type Bucket } from "./series";

export type Dimension = GetUsageRequest["By"];
export type Narrowed = Pick<GetUsageRequest, "Principal" | "Table" | "Operation">;

/** While the trail is still being counted, it is asked again. */
const kStillCounting = 500;

/** Up to a week is told by the hour, more by the day. */
export const bucketFor = ({ seconds }: Period): Bucket => (seconds <= 7 * 86_400 ? "HOUR" : "DAY");

/** From when to when, up to the end of the hour or day that it is now. */
export function useSpan(period: Period): { From: number; To: number } {
  return useMemo(() => {
    const size = kBucketSeconds[bucketFor(period)];
    const To = Math.ceil(Date.now() / 1000 / size) * size;
    return { From: To - Math.max(size, Math.ceil(period.seconds / size) * size), To };
  }, [period]);
}

export function useUsage(span: { From: number; To: number }, Bucket: Bucket, By: Dimension, narrowed: Narrowed) {
  const weir = weirOf(useSession());
  return useRead<GetUsageResponse>(["usage", span, By, narrowed], (abort) => weir("GetUsage", { ...span, Bucket, By, ...narrowed }, abort),
    { every: (last) => (last?.Complete === false ? kStillCounting : 0) });
}
