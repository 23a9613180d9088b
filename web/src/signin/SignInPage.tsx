import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Fragment, useState, type FormEvent, type ReactNode } from "react";
import type { ConsoleConfig } from "../api/config";
import { faultOf, type Fault } from "../api/errors";
import { ErrorBox } from "../ui/ErrorBox";
import { PlainPage } from "../ui/PlainPage";
import { CompanyButtons } from "./CompanyButtons";
import { answer, askForCode, begin, setPassword, type NextStep } from "./pool";

type Step = { step: "password"; set?: true } | { step: "forgot" } | Exclude<NextStep, { step: "done" }>;

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

interface SignInPageProps {
  config: ConsoleConfig;
  /** Whether a sign-in ended by itself: the person wants to go on where they were. */
  ended: boolean;
  done: () => void;
}

/** Sign in with a name and a password, in as many steps as the server asks for. */
export default function SignInPage({ config, ended, done }: SignInPageProps) {
  const [step, setStep] = useState<Step>({ step: "password" });
  const [name, setName] = useState("");
  const [password, setPasswordText] = useState("");
  const [code, setCode] = useState("");
  const [missing, setMissing] = useState<Record<string, string>>({});
  const [fault, setFault] = useState<Fault>();
  const [busy, setBusy] = useState(false);

  /** Runs one exchange; what was typed as a secret is forgotten after it. */
  const run = async (exchange: () => Promise<NextStep | Step>) => {
    setBusy(true);
    setFault(undefined);
    try {
      const next = await exchange();
      setPasswordText("");
      setCode("");
      if (next.step === "done") done();
      else setStep(next);
    } catch (thrown) {
      setFault(faultOf(thrown));
    } finally {
      setBusy(false);
    }
  };

  const back = <Button variant="link" onClick={() => { setFault(undefined); setStep({ step: "password" }); }}>Back to signing in</Button>;
  const nameField = <Field label="User name" value={name} onChange={setName} autoComplete="username" first />;
  const common = { busy, fault };

  const form = () => {
    switch (step.step) {
      case "password":
        return (
          <StepForm {...common} title="Sign in" says={`Account ${config.account}`} send="Sign in"
            submit={() => void run(() => begin(name, password))}
            other={<Button variant="link" onClick={() => { setFault(undefined); setStep({ step: "forgot" }); }}>Forgot password?</Button>}>
            {nameField}
            <Field label="Password" value={password} onChange={setPasswordText} type="password" autoComplete="current-password" />
          </StepForm>
        );
      case "new-password":
        return (
          <StepForm {...common} title="Choose a password" says="Yours was a temporary one." send="Set password"
            submit={() => void run(() => answer(password, missing))} other={back}>
            <Field label="New password" value={password} onChange={setPasswordText} type="password" autoComplete="new-password" first />
            {step.missing.map((attribute) => (
              <Field key={attribute} label={attribute} value={missing[attribute] ?? ""} autoComplete="off"
                onChange={(value) => setMissing({ ...missing, [attribute]: value })} />
            ))}
          </StepForm>
        );
      case "code":
        return (
          <StepForm {...common} title="Enter the code of your device" send="Continue" submit={() => void run(() => answer(code))} other={back}>
            <Field label="Code" value={code} onChange={setCode} autoComplete="one-time-code" first hint="Six digits of your authenticator app" />
          </StepForm>
        );
      case "forgot":
        return (
          <StepForm {...common} title="Forgot your password" send="Mail me a code" other={back}
            says="If the account has a confirmed mail address, a code goes there."
            submit={() => void run(async () => { await askForCode(name); return { step: "reset" }; })}>
            {nameField}
          </StepForm>
        );
      case "reset":
        return (
          <StepForm {...common} title="Set a new password" says="With the code from the mail." send="Set password" other={back}
            submit={() => void run(async () => { await setPassword(name, code, password); return { step: "password", set: true }; })}>
            <Field label="Code" value={code} onChange={setCode} autoComplete="one-time-code" first />
            <Field label="New password" value={password} onChange={setPasswordText} type="password" autoComplete="new-password" />
          </StepForm>
        );
    }
  };
  return (
    <PlainPage>
      <SpaceBetween size="m">
        {ended && <Alert type="info" header="Your sign-in has ended">Sign in again to go on where you were.</Alert>}
        {step.step === "password" && step.set && <Alert type="success">Your new password is set. Sign in with it.</Alert>}
        <Fragment key={step.step}>{form()}</Fragment>
        {step.step === "password" && <CompanyButtons config={config} />}
      </SpaceBetween>
    </PlainPage>
  );
}
