import { useEffect, useState } from "react";

/** The value once it has not changed for so long: what is typed is asked about when the typing pauses. */
export function useSettled<Value>(value: Value, milliseconds = 400): Value {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
    // By its text: a value that is made anew at each drawing is the same value.
  }, [text, milliseconds]);
  return settled;
}
