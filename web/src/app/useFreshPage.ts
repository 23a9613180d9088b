import { useEffect, useRef, type RefObject } from "react";
import { useLocation, useNavigationType } from "react-router";

/**
 * What a browser does when it loads a page, and does not when only the address changes: begins at the top, and has whoever uses a
 * keyboard or a screen reader begin there, too. Going back stays with the browser. @returns for the element that holds the pages
 */
export function useFreshPage(): RefObject<HTMLDivElement | null> {
  const page = useRef<HTMLDivElement>(null);
  const { pathname } = useLocation();
  const way = useNavigationType();
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    page.current?.focus({ preventScroll: true });
    if (way !== "POP") window.scrollTo(0, 0);
  }, [pathname, way]);
  return page;
}
