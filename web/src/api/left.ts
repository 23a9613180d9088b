import { useEffect, useRef, type RefObject } from "react";

const gone = () => Object.assign(new Error("The rest was not sent, as nobody waited for it any more."), { name: "Left" });

/** Aborted when the component that asks goes away: for what takes several steps, of which the next is not taken then. */
export function useLeft(): RefObject<AbortController> {
  const left = useRef(new AbortController());
  useEffect(() => {
    if (left.current.signal.aborted) left.current = new AbortController(); // it is there again, as React tries out in development
    return () => left.current.abort(gone());
  }, []);
  return left;
}
