import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useState } from "react";

/** That it runs, and for how long already. */
export function Running() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return <StatusIndicator type="loading">Running<span aria-hidden="true">{seconds > 0 && `, ${seconds} s`}</span></StatusIndicator>;
}
