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
  const somebody = asked === self ? undefined : asked;
  const choose = (wanted: boolean) => {
    setOther(wanted);
    onChange(wanted ? somebody : self);
  };
  return (
    <>
      <FormField label="Who">
        <RadioGroup
          value={other ? "other" : "self"}
          onChange={({ detail }) => choose(detail.value === "other")}
          items={[{ value: "self", label: "Myself" }, { value: "other", label: "Somebody else" }]}
        />
      </FormField>
      {other && <PrincipalPicker kinds={["role", "user", "saml-user", "saml-group", "arn"]} picked={somebody} onChange={onChange} />}
    </>
  );
}
