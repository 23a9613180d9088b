import {
  CreateStateMachineCommand, DeleteStateMachineCommand, DescribeStateMachineCommand, ListExecutionsCommand, ListStateMachinesCommand,
  SFNClient, StartExecutionCommand, UpdateStateMachineCommand, ValidateStateMachineDefinitionCommand,
  type DescribeStateMachineOutput, type ExecutionListItem, type ExecutionStatus, type StateMachineListItem, type StateMachineType,
  type ValidateStateMachineDefinitionDiagnostic,
} from "@aws-sdk/client-sfn";
import { clientOf } from "../../api/clients";
import { useChange, usePages, useRead } from "../../api/queries";
import { useSession } from "../../signin/useSession";

export type { ExecutionStatus, StateMachineType };
export type Machine = DescribeStateMachineOutput;
export type Finding = ValidateStateMachineDefinitionDiagnostic;

/** The client of Step Functions. */
export const useStates = () => clientOf(useSession(), SFNClient);

/** State machines that the person may see, page by page. */
export function useMachines() {
  const states = useStates();
  return usePages<StateMachineListItem>(["machines"], async (nextToken, abortSignal) => {
    const answer = await states.send(new ListStateMachinesCommand({ nextToken, maxResults: 100 }), { abortSignal });
    return { items: answer.stateMachines ?? [], next: answer.nextToken };
  });
}

/** One state machine with its definition. */
export function useMachine(arn: string) {
  const states = useStates();
  return useRead<Machine>(["machine", arn], (abortSignal) => states.send(new DescribeStateMachineCommand({ stateMachineArn: arn }), { abortSignal }));
}

/** What the server finds wrong with a definition. */
export function useFindings(definition: string, type: StateMachineType | undefined) {
  const states = useStates();
  return useRead<Finding[]>(["findings", type, definition], async (abortSignal) => {
    const answer = await states.send(new ValidateStateMachineDefinitionCommand({ definition, type, maxResults: 100 }), { abortSignal });
    return answer.diagnostics ?? [];
  }, { when: definition.trim() !== "" });
}

/**
 * Saves a definition over the revision that was read. Step Functions has no condition for it: the revision is asked for
 * just before, and another one is kept from being overwritten.
 */
export function useSaveMachine(read: Machine | undefined) {
  const states = useStates();
  const stateMachineArn = read?.stateMachineArn ?? "";
  return useChange(async (definition: string) => {
    const now = await states.send(new DescribeStateMachineCommand({ stateMachineArn }));
    if (now.revisionId !== read?.revisionId || now.definition !== read?.definition)
      throw Object.assign(new Error("Somebody else has saved this machine meanwhile. Keep your text, load the page again and put your change in."), { name: "ConflictException" });
    return states.send(new UpdateStateMachineCommand({ stateMachineArn, definition }));
  });
}

/** Makes a state machine. */
export function useCreateMachine() {
  const states = useStates();
  return useChange((input: { name: string; roleArn: string; type: StateMachineType; definition: string }) =>
    states.send(new CreateStateMachineCommand(input)));
}

/** Deletes a state machine. */
export function useDeleteMachine(stateMachineArn: string) {
  const states = useStates();
  return useChange(() => states.send(new DeleteStateMachineCommand({ stateMachineArn })), ["machines"]);
}

/** Starts an execution of a machine; the server names it where nobody does. */
export function useStart(stateMachineArn: string) {
  const states = useStates();
  return useChange(({ name, input }: { name: string; input: string }) =>
    states.send(new StartExecutionCommand({ stateMachineArn, input, ...(name && { name }) })));
}

/** The executions of a machine, the newest first. */
export function useExecutions(stateMachineArn: string, statusFilter: ExecutionStatus | undefined) {
  const states = useStates();
  return usePages<ExecutionListItem>(["executions", stateMachineArn, statusFilter], async (nextToken, abortSignal) => {
    const answer = await states.send(new ListExecutionsCommand({ stateMachineArn, statusFilter, nextToken, maxResults: 50 }), { abortSignal });
    return { items: answer.executions ?? [], next: answer.nextToken };
  });
}
