import { useLocation, useNavigate, useRouteError } from "react-router";
import { faultOf } from "../api/errors";
import { ErrorBox } from "../ui/ErrorBox";

/** Shown in place of a page that fell over; the navigation stays. A page that could not be reached is visited again, any other needs a new console. */
export function BrokenPage() {
  const fault = faultOf(useRouteError());
  const navigate = useNavigate();
  const here = useLocation();
  return fault.code === "Unreachable"
    ? <ErrorBox fault={fault} retry={() => void navigate(here, { replace: true, state: here.state })} />
    : <ErrorBox fault={fault} retryText="Reload" retry={() => location.reload()} />;
}

/** For an address that no page has. */
export const NotFoundPage = () => <ErrorBox fault={{ code: "NotFound", message: "There is no such page." }} />;
