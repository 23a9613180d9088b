import { Suspense } from "react";
import { createBrowserRouter, RouterProvider, type RouteObject } from "react-router";
import { SessionGate } from "../signin/SessionGate";
import { Loading } from "../ui/Loading";
import { BrokenPage, NotFoundPage } from "./BrokenPage";
import { pages } from "./pages";
import { Shell } from "./Shell";

const routes: RouteObject[] = pages.map(({ path, page: Page }) => ({
  path,
  element: <Suspense fallback={<Loading />}><Page /></Suspense>,
}));

const router = createBrowserRouter(
  [{
    element: <Shell />,
    children: [{ errorElement: <BrokenPage />, children: [...routes, { path: "*", element: <NotFoundPage /> }] }],
  }],
  { basename: import.meta.env.BASE_URL },
);

export const App = () => (
  <SessionGate>
    <RouterProvider router={router} />
  </SessionGate>
);
