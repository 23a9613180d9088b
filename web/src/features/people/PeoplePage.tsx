import Tabs from "@cloudscape-design/components/tabs";
import { PageFrame } from "../../ui/PageFrame";
import { GroupsTable } from "./GroupsTable";
import { PeopleTable } from "./PeopleTable";

/** Who may sign in here, and what they become. */
export default function PeoplePage() {
  return (
    <PageFrame title="Users and groups" says="Who signs in with a name and a password. A group's role decides what its members act as.">
      <Tabs ariaLabel="Users and groups" tabs={[
        { id: "people", label: "Users", content: <PeopleTable /> },
        { id: "groups", label: "Groups", content: <GroupsTable /> },
      ]} />
    </PageFrame>
  );
}
