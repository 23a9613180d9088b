import { useParams } from "react-router";
import { isAbsent } from "../../api/errors";
import { ErrorBox } from "../../ui/ErrorBox";
import { Loading } from "../../ui/Loading";
import { PageFrame } from "../../ui/PageFrame";
import { useDecision } from "./explain";
import { ProofView } from "./ProofView";

/** Why something was refused: what was recorded when it was. */
export default function DecisionPage() {
  const { decisionId = "" } = useParams();
  const decision = useDecision(decisionId);
  const { fault } = decision;
  return (
    <PageFrame title="Why it was refused" above={[{ text: "Explain", to: "/explain" }]} says={`Decision ${decisionId}`}>
      <ErrorBox fault={fault} {...(!(fault && isAbsent(fault)) && { retry: decision.again })} />
      {decision.loading && <Loading what="Loading the decision" />}
      {decision.value?.Proof && <ProofView proof={decision.value.Proof} />}
    </PageFrame>
  );
}
