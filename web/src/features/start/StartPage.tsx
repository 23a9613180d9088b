import { ErrorBox } from "../../ui/ErrorBox";
import { Loading } from "../../ui/Loading";
import { PageFrame } from "../../ui/PageFrame";
import { useSettings } from "../settings/settings";
import { FirstSteps } from "./FirstSteps";

/** The first steps, for who wants to see them again. */
export default function StartPage() {
  const settings = useSettings();
  return (
    <PageFrame title="First steps" says="From an empty server to people who query their data.">
      {settings.loading && <Loading />}
      <ErrorBox fault={settings.fault} retry={settings.again} />
      {settings.value && <FirstSteps settings={settings.value} />}
    </PageFrame>
  );
}
