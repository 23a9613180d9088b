import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from "@aws-sdk/client-glue";
import { GrantPermissionsCommand, LakeFormationClient, type Permission, type Resource } from "@aws-sdk/client-lakeformation";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { clientOf } from "../../api/clients";
import { faultOfChange, type Fault } from "../../api/errors";
import { useLeft } from "../../api/left";
import { readAgain } from "../../api/queries";
import { useSession } from "../../signin/useSession";
import type { Shared, Step } from "./shared";
import { useAccepting } from "./shares";

const targetOf = ({ account, database = "", table }: Shared): Resource =>
  table ? { Table: { CatalogId: account, DatabaseName: database, Name: table } } : { Database: { CatalogId: account, Name: database } };

const linkOf = (name: string, into: string | undefined): Resource =>
  into ? { Table: { DatabaseName: into, Name: name } } : { Database: { Name: name } };

/** What a reader is granted on the target: of a database that one may see it, of a table its rows too. */
const readingOf = ({ table }: Shared): Permission[] => (table ? ["SELECT", "DESCRIBE"] : ["DESCRIBE"]);

function useStep() {
  const session = useSession();
  const [glue, lake, accept] = [clientOf(session, GlueClient), clientOf(session, LakeFormationClient), useAccepting()];
  const grant = (reader: string, resource: Resource, Permissions: Permission[]) =>
    lake.send(new GrantPermissionsCommand({ Principal: { DataLakePrincipalIdentifier: reader }, Resource: resource, Permissions }));
  const link = ({ account, database = "", table = "" }: Shared, name: string, into: string | undefined) =>
    into
      ? glue.send(new CreateTableCommand({
        DatabaseName: into, TableInput: { Name: name, TargetTable: { CatalogId: account, DatabaseName: database, Name: table } },
      }))
      : glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: name, TargetDatabase: { CatalogId: account, DatabaseName: database } } }));
  return (step: Step): Promise<unknown> => {
    switch (step.does) {
      case "accept": return accept(step.invitation);
      case "link": return link(step.to, step.name, step.into);
      case "grant-link": return grant(step.reader, linkOf(step.name, step.into), ["DESCRIBE"]);
      case "grant": return grant(step.reader, targetOf(step.on), readingOf(step.on));
    }
  };
}

/** How far a plan has come. */
export interface Progress {
  /** How many steps were taken. */
  done: number;
  running: boolean;
  /** Why the next one was not. */
  fault?: Fault;
}

/**
 * Takes the steps of a plan one after the other and stops at the first that fails, or when who asked for them leaves; running again goes on
 * with that one.
 */
export function usePlan(steps: Step[]): Progress & { run: () => Promise<boolean> } {
  const take = useStep();
  const queries = useQueryClient();
  const left = useLeft();
  const [progress, setProgress] = useState<Progress>({ done: 0, running: false });
  const run = async () => {
    let { done } = progress;
    const { signal } = left.current;
    try {
      for (; done < steps.length; ++done) {
        signal.throwIfAborted();
        setProgress({ done, running: true });
        await take(steps[done] as Step);
      }
      setProgress({ done, running: false });
      return !signal.aborted;
    } catch (thrown) {
      setProgress({ done, running: false, fault: faultOfChange(thrown) });
      return false;
    } finally {
      void readAgain(queries);
    }
  };
  return { ...progress, run };
}
