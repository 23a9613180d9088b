import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useSession } from "../../signin/useSession";
import { sharedText, type Shared } from "./shared";
import { useDiagnosis } from "./shares";

/** Whether a resource link of one's own leads to what is shared. */
export function LinkState({ shared }: { shared: Shared | undefined }) {
  return shared?.database ? <LinkTo shared={shared} /> : <>–</>;
}

function LinkTo({ shared }: { shared: Shared }) {
  const { account } = useSession();
  const { value, fault, loading } = useDiagnosis(shared.account, account, sharedText(shared));
  if (loading) return <StatusIndicator type="loading">Checking</StatusIndicator>;
  const link = value?.Steps?.find(({ Name }) => Name === "resource link");
  if (fault || !link) return <StatusIndicator type="info">Unknown</StatusIndicator>;
  return link.State === "DONE"
    ? <span className="breakable"><StatusIndicator type="success">{link.Says}</StatusIndicator></span>
    : <StatusIndicator type="warning">None</StatusIndicator>;
}
