import Alert from "@cloudscape-design/components/alert";
import Tabs from "@cloudscape-design/components/tabs";
import { useConfig } from "../../signin/useSession";
import { PageFrame } from "../../ui/PageFrame";
import { GroupsTable } from "./GroupsTable";
import { PeopleTable } from "./PeopleTable";

/** Who may sign in here, and what they become. */
export default function PeoplePage() {
  const { userPoolId } = useConfig();
  return (
    <PageFrame title="Users and groups" says="Who signs in with a name and a password. A group's role decides what its people act as.">
      {userPoolId
        ? <Tabs ariaLabel="Users and groups" tabs={[
            { id: "people", label: "Users", content: <PeopleTable /> },
            { id: "groups", label: "Groups", content: <GroupsTable /> },
          ]} />
        : <Alert type="info">People of this account sign in by their company. There is no pool of users here.</Alert>}
    </PageFrame>
  );
}
