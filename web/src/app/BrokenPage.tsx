import { useRouteError } from "react-router";
import { faultOf } from "../api/errors";
import { ErrorBox } from "../ui/ErrorBox";

/** Shown in place of a page that fell over; the navigation stays. */
export function BrokenPage() {
  const fault = faultOf(useRouteError());
  return <ErrorBox fault={fault} retry={() => location.reload()} />;
}

export const NotFoundPage = () => <ErrorBox fault={{ code: "NotFound", message: "There is no such page." }} />;
