import { lazy, Suspense, useState, type ComponentType, type LazyExoticComponent } from "react";
import { whyNotLoaded } from "../api/errors";
import { Loading } from "./Loading";

type Load<Props> = () => Promise<{ default: ComponentType<Props> }>;

/**
 * A component whose file is asked for when it shows first. A file that could not be loaded is asked for again when it shows the next time;
 * what it throws says what would help.
 */
export function late<Props extends object>(load: Load<Props>): ComponentType<Props> {
  let found: LazyExoticComponent<ComponentType<Props>> | undefined;
  const ask = () => lazy(() => load().catch(async (thrown: unknown) => {
    found = undefined;
    throw await whyNotLoaded(thrown);
  }));
  return function Late(props: Props) {
    const [Found] = useState(() => (found ??= ask()));
    return <Suspense fallback={<Loading />}><Found {...props} /></Suspense>;
  };
}
