import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { isDenied, type Fault } from "../api/errors";

interface ErrorBoxProps {
  fault: Fault | undefined;
  /** Tries again. */
  retry?: () => void;
  dismiss?: () => void;
}

const headings: [test: (fault: Fault) => boolean, heading: string][] = [
  [isDenied, "You may not do this"],
  [(fault) => fault.code === "Unreachable", "No connection"],
  [(fault) => fault.code === "SignInEnded", "Your sign-in has ended"],
];

/** The one way in which the console says that something failed. A denial leads to its explanation. */
export function ErrorBox({ fault, retry, dismiss }: ErrorBoxProps) {
  if (!fault) return null;
  return (
    <Alert
      type="error"
      header={headings.find(([test]) => test(fault))?.[1] ?? "This did not work"}
      dismissible={dismiss !== undefined}
      onDismiss={dismiss}
      dismissAriaLabel="Dismiss"
      action={
        <SpaceBetween direction="horizontal" size="xs">
          {fault.decisionId && (
            // A link of its own and not the router's: errors show outside of it, too.
            <Button href={`${import.meta.env.BASE_URL}explain/${encodeURIComponent(fault.decisionId)}`}>Why?</Button>
          )}
          {retry && <Button onClick={retry}>Try again</Button>}
        </SpaceBetween>
      }
    >
      {fault.message} <span className="error-code">({fault.code})</span>
    </Alert>
  );
}
