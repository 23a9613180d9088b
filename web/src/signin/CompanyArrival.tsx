import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useEffect, useRef, useState } from "react";
import type { ConsoleConfig } from "../api/config";
import { faultOf, type Fault } from "../api/errors";
import { ErrorBox } from "../ui/ErrorBox";
import { Loading } from "../ui/Loading";
import { PlainPage } from "../ui/PlainPage";
import { doorsOf, finish, isAskedFor, type Arrival, type Door } from "./company";

interface CompanyArrivalProps {
  config: ConsoleConfig;
  arrival: Arrival;
  /** Somebody is signed in now. */
  done: () => void;
  /** Nobody is, or who was before. */
  leave: () => void;
}

const kNoDoor: Fault = { code: "SignInRefused", message: "What the identity provider sent opens no door of this console." };

const nameOfRole = (arn: string) => arn.slice(arn.lastIndexOf("/") + 1);

/** The doors that are open to who arrived, and `enter`, which goes through one; by itself where it was asked for and there is only one. */
function useDoors({ config, arrival, done }: CompanyArrivalProps) {
  const doors = doorsOf(config, arrival);
  const [only] = doors;
  const goesOn = isAskedFor(arrival) && doors.length === 1;
  const [busy, setBusy] = useState(goesOn);
  const [fault, setFault] = useState<Fault | undefined>(
    arrival.kind === "failed" ? { code: "SignInRefused", message: arrival.message } : doors.length === 0 ? kNoDoor : undefined);
  const started = useRef(false);

  const enter = useCallback(async (door: Door) => {
    setBusy(true);
    try {
      await finish(config, door, arrival);
      done();
    } catch (thrown) {
      setFault(faultOf(thrown));
      setBusy(false);
    }
  }, [config, arrival, done]);

  useEffect(() => {
    if (!goesOn || !only || started.current) return;
    started.current = true; // what came counts once
    void enter(only);
  }, [goesOn, only, enter]);
  return { doors, enter, busy, fault };
}

/**
 * Who comes back from the company's identity provider. Whoever began in this tab and has one door goes through it; everybody
 * else is asked first: a stranger's page may have sent the browser here to sign it in as somebody else.
 */
export default function CompanyArrival(props: CompanyArrivalProps) {
  const { arrival, leave } = props;
  const { doors, enter, busy, fault } = useDoors(props);
  if (busy && !fault) return <Loading />;
  const asks = !fault && arrival.kind === "SAML";
  return (
    <PlainPage>
      <Container header={<Header variant="h2">{asks ? `Sign in as ${arrival.who || "this person"}?` : "Sign in"}</Header>}>
        <SpaceBetween size="l">
          <ErrorBox fault={fault} />
          {asks && doors.map((door) => (
            <Button key={door.role} variant="primary" onClick={() => void enter(door)}>
              {`Continue as ${nameOfRole(door.role)}`}
            </Button>
          ))}
          <Button variant="link" onClick={leave}>{asks ? "No" : "Back to sign-in"}</Button>
        </SpaceBetween>
      </Container>
    </PlainPage>
  );
}
