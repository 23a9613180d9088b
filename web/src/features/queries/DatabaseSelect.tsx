import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useSession } from "../../signin/useSession";
import { listStatus } from "../../ui/listStatus";
import { useDatabases } from "../catalog/catalog";
import { lender } from "../catalog/described";
import type { Where } from "./queries";

const keyOf = ({ database = "", catalog = "" }: Where) => `${catalog}/${database}`;

/** Where tables are that the query names without a database. */
export function DatabaseSelect({ value, onChange }: { value: Where; onChange: (where: Where) => void }) {
  const { account } = useSession();
  const databases = useDatabases({ shared: true });
  const places = databases.items.map((database): Where => ({ database: database.Name, catalog: lender(database, account) }));
  const options = places.map((place) => ({
    value: keyOf(place), label: place.database ?? "", ...(place.catalog && { description: `Shared by ${place.catalog}` }),
  }));
  return (
    <FormField label="Database" description="For tables that are named without a database.">
      <Select
        placeholder="None"
        filteringType="auto"
        filteringAriaLabel="Find a database"
        empty="There is no database that you may see."
        options={options}
        selectedOption={value.database ? { value: keyOf(value), label: value.database } : null}
        {...listStatus(databases)}
        onChange={({ detail }) => onChange(places.find((place) => keyOf(place) === detail.selectedOption.value) ?? {})}
      />
    </FormField>
  );
}
