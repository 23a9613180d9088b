import type { ReactNode } from "react";
import { useSettings } from "../settings/settings";
import { FirstSteps } from "./FirstSteps";

/** An empty lake, to who administers it: how it begins. To everybody else: the children. */
export default function EmptyLake({ children }: { children: ReactNode }) {
  const settings = useSettings();
  return settings.value ? <FirstSteps settings={settings.value} /> : <>{children}</>;
}
