import Box from "@cloudscape-design/components/box";
import type { Read } from "../../api/queries";
import type { PreviewAccessRequestRequest, PreviewAccessRequestResponse } from "../../api/weir.gen";
import { ErrorBox } from "../../ui/ErrorBox";
import { Loading } from "../../ui/Loading";
import { cutsOf } from "./outcome";
import { OutcomeBox } from "./OutcomeBox";

interface PreviewBoxProps {
  wanted: PreviewAccessRequestRequest | undefined;
  preview: Read<PreviewAccessRequestResponse>;
}

/** What the policy would make of what is wanted, as it is being filled in. */
export function PreviewBox({ wanted, preview }: PreviewBoxProps) {
  if (!wanted) return <Box color="text-status-inactive">Say what is needed, and for whom, to see what the policy would decide.</Box>;
  if (preview.loading) return <Loading what="Checking the policy" />;
  if (preview.fault) return <ErrorBox fault={preview.fault} retry={preview.again} />;
  return preview.value?.Outcome ? <OutcomeBox outcome={preview.value.Outcome} cuts={cutsOf(wanted, preview.value)} /> : null;
}
