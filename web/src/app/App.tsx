import { I18nProvider } from "@cloudscape-design/components/i18n";
import words from "@cloudscape-design/components/i18n/messages/all.en";
import { createBrowserRouter, RouterProvider, type RouteObject } from "react-router";
import { SessionGate } from "../signin/SessionGate";
import { Boundary } from "../ui/Boundary";
import { BrokenPage, NotFoundPage } from "./BrokenPage";
import { pages } from "./pages";
import { Shell } from "./Shell";

const routes: RouteObject[] = pages.map(({ path, page: Page }) => ({ path, element: <Page /> }));

const router = createBrowserRouter(
  [{
    element: <Shell />,
    children: [{ errorElement: <BrokenPage />, children: [...routes, { path: "*", element: <NotFoundPage /> }] }],
  }],
  { basename: import.meta.env.BASE_URL },
);

/** Cloudscape's own words come with it: what its small buttons are called, and what its lists tell a screen reader. */
export const App = () => (
  <I18nProvider locale="en" messages={[words]}>
    <Boundary>
      <SessionGate>
        <RouterProvider router={router} />
      </SessionGate>
    </Boundary>
  </I18nProvider>
);
