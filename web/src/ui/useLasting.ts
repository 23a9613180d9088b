import { useEffect, useState } from "react";

/** Whether something has been so for that long. */
export function useLasting(so: boolean, milliseconds: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!so) return;
    const timer = setTimeout(() => setLasts(true), milliseconds);
    return () => { clearTimeout(timer); setLasts(false); };
  }, [so, milliseconds]);
  return so && lasts;
}
