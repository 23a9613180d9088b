import { useEffect, useRef } from "react";

/**
 * For a field that does something when one leaves it: at once, or, where one leaves it by pressing something else, when that is let go.
 * What is pressed must not move away in between, or it would not be clicked.
 * @returns what is called when the field is left
 */
export function useLeaving(leave: () => void): () => void {
  const state = useRef({ pressed: false, waits: false, leave });
  useEffect(() => { state.current.leave = leave; });
  useEffect(() => {
    const press = () => { state.current.pressed = true; };
    const release = () => {
      const { waits } = state.current;
      Object.assign(state.current, { pressed: false, waits: false });
      if (waits) state.current.leave();
    };
    const listeners = { pointerdown: press, pointerup: release, pointercancel: release };
    Object.entries(listeners).forEach(([event, listener]) => document.addEventListener(event, listener, true));
    return () => Object.entries(listeners).forEach(([event, listener]) => document.removeEventListener(event, listener, true));
  }, []);
  return () => {
    if (state.current.pressed) state.current.waits = true;
    else leave();
  };
}
