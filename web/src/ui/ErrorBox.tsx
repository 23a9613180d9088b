import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useHref, useInRouterContext, useNavigate } from "react-router";
import { isDenied, type Fault } from "../api/errors";

interface ErrorBoxProps {
  fault: Fault | undefined;
  /** Tries again. */
  retry?: () => void;
  /** What the button says that tries again. */
  retryText?: string;
  dismiss?: () => void;
}

const headings: [test: (fault: Fault) => boolean, heading: string][] = [
  [isDenied, "You may not do this"],
  [(fault) => fault.code === "Unreachable", "No connection"],
  [(fault) => fault.code === "NoAnswer", "No answer"],
  [(fault) => fault.code === "SignInEnded", "Your sign-in has ended"],
  [(fault) => fault.code === "OutOfDate", "This page is out of date"],
];

/** The one way in which the console says that something failed. A denial leads to its explanation. */
export function ErrorBox({ fault, retry, retryText = "Try again", dismiss }: ErrorBoxProps) {
  if (!fault) return null;
  return (
    <div role="alert">
      <Alert
        type="error"
        header={headings.find(([test]) => test(fault))?.[1] ?? "This did not work"}
        dismissible={dismiss !== undefined}
        onDismiss={dismiss}
        dismissAriaLabel="Dismiss"
        action={
          <SpaceBetween direction="horizontal" size="xs">
            {fault.decisionId && <WhyButton id={fault.decisionId} />}
            {retry && <Button onClick={retry}>{retryText}</Button>}
          </SpaceBetween>
        }
      >
        {fault.message} <span className="error-code">({fault.code})</span>
      </Alert>
    </div>
  );
}

/**
 * Leads to the explanation without loading the console anew: who was refused is known by the keys of the session, and
 * those are in this page's memory. Outside of the router, where errors show, too, it is a plain link.
 */
function WhyButton({ id }: { id: string }) {
  const place = `explain/${encodeURIComponent(id)}`;
  return useInRouterContext() ? <WhyInPlace to={`/${place}`} /> : <Button href={`${import.meta.env.BASE_URL}${place}`}>Why?</Button>;
}

function WhyInPlace({ to }: { to: string }) {
  const href = useHref(to);
  const navigate = useNavigate();
  return <Button href={href} onFollow={(event) => { event.preventDefault(); void navigate(to); }}>Why?</Button>;
}
