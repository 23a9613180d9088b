import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { ConsoleConfig, SignInProvider } from "../api/config";
import { faultOf, type Fault } from "../api/errors";
import { ErrorBox } from "../ui/ErrorBox";
import { begin } from "./company";

/** A button for each identity provider of the company; the browser leaves for it. */
export function CompanyButtons({ config }: { config: ConsoleConfig }) {
  const [leavesFor, setLeavesFor] = useState<string>();
  const [fault, setFault] = useState<Fault>();

  const leave = async (provider: SignInProvider) => {
    setLeavesFor(provider.name);
    setFault(undefined);
    try {
      await begin(config, provider);
    } catch (thrown) {
      setFault(faultOf(thrown));
      setLeavesFor(undefined);
    }
  };

  if (config.providers.length === 0) return null;
  return (
    <SpaceBetween size="s">
      <ErrorBox fault={fault} />
      {config.providers.map((provider) => (
        <Button key={provider.name} fullWidth loading={leavesFor === provider.name} disabled={leavesFor !== undefined}
          onClick={() => void leave(provider)}>
          {`Sign in with ${provider.name}`}
        </Button>
      ))}
    </SpaceBetween>
  );
}
