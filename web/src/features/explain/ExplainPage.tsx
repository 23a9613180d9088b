import { useSearchParams } from "react-router";
import { ErrorBox } from "../../ui/ErrorBox";
import { Loading } from "../../ui/Loading";
import { PageFrame } from "../../ui/PageFrame";
import { useFormKey } from "../../ui/useFormKey";
import { questionOf, useExplanation } from "./explain";
import { ProofView } from "./ProofView";
import { QuestionForm } from "./QuestionForm";

/** Asks why somebody may or may not do something. The question stands in the address, so that it can be passed on. */
export default function ExplainPage() {
  const [words] = useSearchParams();
  const question = questionOf(words);
  const answer = useExplanation(question);
  const [key, tell] = useFormKey(words.toString());
  return (
    <PageFrame title="Explain" says="Why somebody may or may not do something, decided by the functions that enforce it.">
      <QuestionForm key={key} asked={question} onAsk={tell} />
      <ErrorBox fault={answer.fault} retry={answer.again} />
      {answer.loading && <Loading what="Checking every gate" />}
      {answer.value?.Proof && <ProofView proof={answer.value.Proof} />}
    </PageFrame>
  );
}
