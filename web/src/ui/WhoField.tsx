import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import { useState } from "react";
import { useSession } from "../signin/useSession";
import { PrincipalPicker } from "./PrincipalPicker";
import { lakePrincipal } from "./principals";

interface WhoFieldProps {
  asked: string | undefined;
  /** Called with the principal, or undefined while there is none yet. */
  onChange: (principal: string | undefined) => void;
}

/** Whom a question is about: oneself, or somebody else. The server says who may ask about others. */
export function WhoField({ asked, onChange }: WhoFieldProps) {
  const self = lakePrincipal(useSession().arn);
  const [other, setOther] = useState(asked !== undefined && asked !== self);
  const [found, setFound] = useState(asked);
  const choose = (somebody: boolean) => {
    setOther(somebody);
    setFound(undefined);
    onChange(somebody ? undefined : self);
  };
  const find = (principal: string | undefined) => {
    setFound(principal);
    onChange(principal);
  };
  return (
    <>
      <FormField label="Who">
        <RadioGroup
          value={other ? "other" : "self"}
          onChange={({ detail }) => choose(detail.value === "other")}
          items={[{ value: "self", label: "I" }, { value: "other", label: "Somebody else" }]}
        />
      </FormField>
      {other && <PrincipalPicker kinds={["role", "user", "saml-user", "saml-group", "arn"]} onChange={find} />}
      {other && found && <FormField label="Asked about"><span className="mono">{found}</span></FormField>}
    </>
  );
}
