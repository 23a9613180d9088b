import Flashbar from "@cloudscape-design/components/flashbar";
import { dismissNotice, useNotices } from "./notices";

/** The messages that have not been dismissed. */
export const NoticeBar = () => (
  <Flashbar
    items={useNotices().map(({ id, type, text }) => ({
      id, type, content: text, dismissible: true, dismissLabel: "Dismiss", ariaRole: type === "error" ? "alert" : "status",
      onDismiss: () => dismissNotice(id),
    }))}
  />
);
