import Box from "@cloudscape-design/components/box";
import { PrincipalText } from "../../ui/PrincipalText";
import { principalWords } from "../../ui/principals";
import type { RecordWords } from "./record";

interface WhoTextProps {
  of: RecordWords;
  /** Who it was where the record does not say. */
  otherwise: string | undefined;
}

/** Who did something, with their role; below it as whom Lake Formation saw them, where that is somebody else. */
export const WhoText = ({ of: { who, seenAs }, otherwise }: WhoTextProps) => (
  <>
    <PrincipalText id={who ?? otherwise} />
    {seenAs && <Box variant="small" color="text-body-secondary" display="block"><span className="breakable">as {principalWords(seenAs).name}</span></Box>}
  </>
);
