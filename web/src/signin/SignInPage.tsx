import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type FormEvent, type ReactNode } from "react";
import type { ConsoleConfig } from "../api/config";
import { faultOf, type Fault } from "../api/errors";
import { ErrorBox } from "../ui/ErrorBox";
import { PlainPage } from "../ui/PlainPage";
import { CompanyButtons } from "./CompanyButtons";
import { answer, askForCode, begin, setPassword, type NextStep } from "./pool";

type Step = { step: "password"; set?: true } | { step: "forgot" } | Exclude<NextStep, { step: "done" }>;

/** What has been typed so far. */
interface Typed {
  name: string;
  password: string;
  code: string;
  /** Attributes that the pool misses, by name. */
  missing: Record<string, string>;
}

const kNothingTyped: Typed = { name: "", password: "", code: "", missing: {} };

interface StepFormProps {
  title: string;
  says?: string;
  send: string;
  busy: boolean;
  fault: Fault | undefined;
  submit: () => void;
  other?: ReactNode;
  children: ReactNode;
}

/** One step: a title, its fields, one button that sends, perhaps another way. */
function StepForm({ title, says, send, busy, fault, submit, other, children }: StepFormProps) {
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  return (
    <form onSubmit={onSubmit} noValidate>
      <Container header={<Header variant="h2" description={says}>{title}</Header>}>
        <SpaceBetween size="l">
          <ErrorBox fault={fault} />
          {children}
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="primary" formAction="submit" loading={busy}>{send}</Button>
            {other}
          </SpaceBetween>
        </SpaceBetween>
      </Container>
    </form>
  );
}

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "password";
  autoComplete: string;
  hint?: string;
  /** Typing begins here. */
  first?: boolean;
}

const Field = ({ label, value, onChange, type = "text", autoComplete, hint, first = false }: FieldProps) => (
  <FormField label={label} description={hint}>
    <Input value={value} type={type} autoComplete={autoComplete} autoFocus={first} spellcheck={false} onChange={({ detail }) => onChange(detail.value)} />
  </FormField>
);

/** A sign-in as it goes from step to step. */
interface SignIn {
  step: Step;
  typed: Typed;
  type: (more: Partial<Typed>) => void;
  fault: Fault | undefined;
  busy: boolean;
  /** Runs one exchange with the server, and goes to the step that it leads to. */
  run: (exchange: () => Promise<NextStep | Step>) => void;
  /** Goes to another step by oneself. */
  go: (step: Step) => void;
}

/** @param done called once the person is signed in */
function useSteps(done: () => void): SignIn {
  const [step, setStep] = useState<Step>({ step: "password" });
  const [typed, setTyped] = useState(kNothingTyped);
  const [fault, setFault] = useState<Fault>();
  const [busy, setBusy] = useState(false);
  const type = (more: Partial<Typed>) => setTyped((before) => ({ ...before, ...more }));
  const run = async (exchange: () => Promise<NextStep | Step>) => {
    setBusy(true);
    setFault(undefined);
    try {
      const next = await exchange();
      type({ password: "", code: "" }); // a secret is forgotten once it was sent
      if (next.step === "done") done();
      else setStep(next);
    } catch (thrown) {
      setFault(faultOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  const go = (next: Step) => {
    setFault(undefined);
    setStep(next);
  };
  return { step, typed, type, fault, busy, run: (exchange) => void run(exchange), go };
}

const NameField = ({ typed, type }: SignIn) =>
  <Field label="User name" value={typed.name} onChange={(name) => type({ name })} autoComplete="username" first />;

const CodeField = ({ typed, type, hint }: SignIn & { hint?: string }) =>
  <Field label="Code" value={typed.code} onChange={(code) => type({ code })} autoComplete="one-time-code" first {...(hint && { hint })} />;

const NewPasswordField = ({ typed, type, first = false }: SignIn & { first?: boolean }) =>
  <Field label="New password" value={typed.password} onChange={(password) => type({ password })} type="password" autoComplete="new-password" first={first} />;

const Back = ({ go }: SignIn) => <Button variant="link" onClick={() => go({ step: "password" })}>Back to sign-in</Button>;

function PasswordStep({ signIn, account }: { signIn: SignIn; account: string }) {
  const { typed, type, run, go, busy, fault } = signIn;
  return (
    <StepForm busy={busy} fault={fault} title="Sign in" says={`Account ${account}`} send="Sign in" submit={() => run(() => begin(typed.name, typed.password))}
      other={<Button variant="link" onClick={() => go({ step: "forgot" })}>Forgot password?</Button>}>
      <NameField {...signIn} />
      <Field label="Password" value={typed.password} onChange={(password) => type({ password })} type="password" autoComplete="current-password" />
    </StepForm>
  );
}

function NewPasswordStep({ signIn, missing }: { signIn: SignIn; missing: string[] }) {
  const { typed, type, run, busy, fault } = signIn;
  return (
    <StepForm busy={busy} fault={fault} title="Choose a password" says="Your password was temporary." send="Set password"
      submit={() => run(() => answer(typed.password, typed.missing))} other={<Back {...signIn} />}>
      <NewPasswordField {...signIn} first />
      {missing.map((attribute) => (
        <Field key={attribute} label={attribute} value={typed.missing[attribute] ?? ""} autoComplete="off"
          onChange={(value) => type({ missing: { ...typed.missing, [attribute]: value } })} />
      ))}
    </StepForm>
  );
}

function CodeStep({ signIn }: { signIn: SignIn }) {
  const { typed, run, busy, fault } = signIn;
  return (
    <StepForm busy={busy} fault={fault} title="Enter the code of your device" send="Continue" submit={() => run(() => answer(typed.code))} other={<Back {...signIn} />}>
      <CodeField {...signIn} hint="Six digits from your authenticator app" />
    </StepForm>
  );
}

function ForgotStep({ signIn }: { signIn: SignIn }) {
  const { typed, run, busy, fault } = signIn;
  const ask = async (): Promise<Step> => {
    await askForCode(typed.name);
    return { step: "reset" };
  };
  return (
    <StepForm busy={busy} fault={fault} title="Forgot your password" send="Mail me a code" says="If the account has a confirmed mail address, a code goes there."
      submit={() => run(ask)} other={<Back {...signIn} />}>
      <NameField {...signIn} />
    </StepForm>
  );
}

function ResetStep({ signIn }: { signIn: SignIn }) {
  const { typed: { name, code, password }, run, busy, fault } = signIn;
  const set = async (): Promise<Step> => {
    await setPassword(name, code, password);
    return { step: "password", set: true };
  };
  return (
    <StepForm busy={busy} fault={fault} title="Set a new password" send="Set password" says="Use the code from the mail."
      submit={() => run(set)} other={<Back {...signIn} />}>
      <CodeField {...signIn} />
      <NewPasswordField {...signIn} />
    </StepForm>
  );
}

function CurrentStep({ signIn, account }: { signIn: SignIn; account: string }) {
  const { step } = signIn;
  switch (step.step) {
    case "password": return <PasswordStep signIn={signIn} account={account} />;
    case "new-password": return <NewPasswordStep signIn={signIn} missing={step.missing} />;
    case "code": return <CodeStep signIn={signIn} />;
    case "forgot": return <ForgotStep signIn={signIn} />;
    case "reset": return <ResetStep signIn={signIn} />;
  }
}

interface SignInPageProps {
  config: ConsoleConfig;
  /** Whether a sign-in ended by itself: the person wants to go on where they were. */
  ended: boolean;
  /** What was not saved then, and went with the pages. */
  lost?: string | undefined;
  done: () => void;
}

/** Sign in with a name and a password, in as many steps as the server asks for. */
export default function SignInPage({ config, ended, lost, done }: SignInPageProps) {
  const signIn = useSteps(done);
  const { step } = signIn;
  return (
    <PlainPage>
      <SpaceBetween size="m">
        {ended && <Alert type="info" header="Your sign-in has ended">Sign in again to go on where you were. {lost}</Alert>}
        {step.step === "password" && step.set && <Alert type="success">Your new password is set. Sign in with it.</Alert>}
        <CurrentStep signIn={signIn} account={config.account} />
        {step.step === "password" && <CompanyButtons config={config} />}
      </SpaceBetween>
    </PlainPage>
  );
}
