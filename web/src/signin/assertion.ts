// What a SAML response says of itself, to choose a door and to ask "is this you?". Whether it is true STS decides: it takes
// a response with one assertion only, which is the one that is read here.
import { textOf } from "./base64";

/** A role, and the provider that may give it. */
export interface Pair {
  role: string;
  provider: string;
}

const kAssertions = "urn:oasis:names:tc:SAML:2.0:assertion";
const kAttributes = "https://aws.amazon.com/SAML/Attributes/";

function valuesOf(assertion: Element, name: string): string[] {
  return [...assertion.getElementsByTagNameNS(kAssertions, "Attribute")]
    .filter((attribute) => attribute.getAttribute("Name") === kAttributes + name)
    .flatMap((attribute) => [...attribute.getElementsByTagNameNS(kAssertions, "AttributeValue")])
    .map((value) => (value.textContent ?? "").trim());
}

/** The two ARNs of a Role value stand in either order. */
function pairOf(value: string): Pair | undefined {
  const [first = "", second = ""] = value.split(",").map((arn) => arn.trim());
  const [role, provider] = first.includes(":saml-provider/") ? [second, first] : [first, second];
  return role.includes(":role/") && provider.includes(":saml-provider/") ? { role, provider } : undefined;
}

function parsed(response: string): Document | undefined {
  try {
    return new DOMParser().parseFromString(textOf(response), "application/xml");
  } catch {
    return undefined;
  }
}

/** Who it is about, and its roles. Of one that is encrypted, or that cannot be read: nobody, and none. */
export function readAssertion(response: string): { who: string; pairs: Pair[] } {
  const assertions = [...(parsed(response)?.getElementsByTagNameNS(kAssertions, "Assertion") ?? [])];
  const [assertion] = assertions;
  if (assertions.length !== 1 || !assertion) return { who: "", pairs: [] };
  return {
    who: valuesOf(assertion, "RoleSessionName")[0] ?? "",
    pairs: valuesOf(assertion, "Role").map(pairOf).filter((pair) => pair !== undefined),
  };
}
