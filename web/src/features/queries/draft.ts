import { useEffect, useState } from "react";
import { useSession } from "../../signin/useSession";

/** What is in the editor: kept for the person in this tab, and nowhere else. */
export function useDraft(first: string | undefined): [text: string, setText: (text: string) => void] {
  const key = `weir.sql.${useSession().arn}`;
  const [text, setText] = useState(() => first ?? sessionStorage.getItem(key) ?? "");
  useEffect(() => sessionStorage.setItem(key, text), [key, text]);
  return [text, setText];
}
