// @vitest-environment jsdom
import { STSClient } from "@aws-sdk/client-sts";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ConsoleConfig } from "../api/config";
import { readAssertion } from "./assertion";
import { arrival, begin, companyCredentials, doorsOf, isAskedFor, keptSignIn, leaveCompany } from "./company";

const base = import.meta.env.BASE_URL;
const role = "arn:aws:iam::111122223333:role/readers";
const provider = "arn:aws:iam::111122223333:saml-provider/company";
const config: ConsoleConfig = {
  version: "1", region: "us-east-1", account: "111122223333", userPoolId: "pool", userPoolClientId: "client", identityPoolId: "identities",
  providers: [{ name: "Company", kind: "OIDC", providerArn: "arn:aws:iam::111122223333:oidc-provider/idp", roleArn: role },
    { name: "SAML", kind: "SAML", providerArn: provider }],
};

function begun(more: Record<string, string> = {}) {
  sessionStorage.setItem("weir.company.begun", JSON.stringify({
    account: "111122223333", provider: "Company", state: "s".repeat(43), nonce: "n", verifier: "v", issuer: "https://idp",
    back: `${base}databases`, ...more,
  }));
}

const comeBack = (address: string) => history.replaceState(null, "", base + address);

function responseOf(extra = "", roles = `${role},${provider}`): string {
  const attribute = (name: string, value: string) =>
    `<a:Attribute Name="https://aws.amazon.com/SAML/Attributes/${name}"><a:AttributeValue>${value}</a:AttributeValue></a:Attribute>`;
  return btoa(`<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion">${extra}` +
    `<a:Assertion><a:AttributeStatement>${attribute("RoleSessionName", "ann")}${attribute("Role", roles)}</a:AttributeStatement></a:Assertion></p:Response>`);
}

function posted(response: string, relayState: string) {
  comeBack("saml");
  document.head.innerHTML = `<script type="application/json" id="arrived">${JSON.stringify({ response, relayState })}</script>`;
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  document.head.innerHTML = "";
});

describe("a code that comes back", () => {
  it("is taken where the sign-in began, once, and leaves nothing in the history", () => {
    begun();
    comeBack(`signed-in?code=c0de&state=${"s".repeat(43)}&iss=https://idp`);
    expect(arrival()).toMatchObject({ kind: "OIDC", code: "c0de" });
    expect(location.href).not.toContain("c0de");
    expect(location.pathname).toBe(`${base}databases`);
    comeBack(`signed-in?code=c0de&state=${"s".repeat(43)}`);
    expect(arrival()).toMatchObject({ kind: "failed" });
  });

  it.each([["another state", "signed-in?code=c&state=x"], ["no state", "signed-in?code=c"],
    ["another issuer", `signed-in?code=c&state=${"s".repeat(43)}&iss=https://evil`],
    ["a refusal", `signed-in?error=access_denied&error_description=No&state=${"s".repeat(43)}`]])("is not taken with %s", (_, address) => {
    begun();
    comeBack(address);
    expect(arrival()?.kind).toBe("failed");
  });

  it("is not taken in a tab that began nothing", () => {
    comeBack("signed-in?code=c&state=undefined");
    expect(arrival()?.kind).toBe("failed");
  });
});

describe("an assertion that comes", () => {
  it("is asked for when the relay state is this tab's", () => {
    begun({ provider: "SAML" });
    posted(responseOf(), "s".repeat(43));
    const found = arrival()!;
    expect(isAskedFor(found)).toBe(true);
    expect(doorsOf(config, found)).toMatchObject([{ role }]);
    expect(document.getElementById("arrived")).toBeNull();
  });

  it("is not when it is a stranger's, so that the person is asked", () => {
    begun({ provider: "SAML" });
    posted(responseOf(), "x".repeat(43));
    const found = arrival()!;
    expect(found).toMatchObject({ kind: "SAML", who: "ann" });
    expect(isAskedFor(found)).toBe(false);
    expect(location.search).toBe("?account=111122223333");
  });

  it("opens no door of a provider that the console does not have, nor another role than the provider's", () => {
    posted(responseOf("", `${role},${provider}2`), "");
    expect(doorsOf(config, arrival()!)).toEqual([]);
    posted(responseOf(), "");
    const narrow = { ...config, providers: [{ ...config.providers[1]!, roleArn: role + "s" }] };
    expect(doorsOf(narrow, arrival()!)).toEqual([]);
  });

  it("is read as STS reads it: two assertions are none, what stands beside one does not count", () => {
    const beside = '<p:Extensions><a:Attribute Name="https://aws.amazon.com/SAML/Attributes/RoleSessionName"><a:AttributeValue>boss</a:AttributeValue></a:Attribute></p:Extensions>';
    expect(readAssertion(responseOf(beside)).who).toBe("ann");
    expect(readAssertion(responseOf("<a:Assertion/>"))).toEqual({ who: "", pairs: [] });
    expect(readAssertion("not base64!")).toEqual({ who: "", pairs: [] });
    expect(readAssertion(btoa("<broken"))).toEqual({ who: "", pairs: [] });
  });

  it("knows a pair in either order", () => {
    expect(readAssertion(responseOf("", `${provider} , ${role}`)).pairs).toEqual([{ role, provider }]);
  });
});

describe("the way there", () => {
  it("does not begin where people do not come back to", async () => {
    vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ Location: "https://idp", ComesBackTo: "https://elsewhere/-/console/saml" })));
    await expect(begin(config, config.providers[0]!)).rejects.toThrow("open the console there");
    expect(sessionStorage.length).toBe(0);
    vi.unstubAllGlobals();
  });
});

describe("a sign-in that is kept", () => {
  const keep = (expiration: Date, more: Record<string, unknown> = {}) =>
    localStorage.setItem("weir.company", JSON.stringify({
      account: "111122223333", provider: "Company", name: "ann", subject: "ann-s",
      credentials: { accessKeyId: "A", secretAccessKey: "S", sessionToken: "T", expiration: expiration.toISOString() }, ...more,
    }));
  const past = new Date(Date.now() - 1000);
  const later = new Date(Date.now() + 3_600_000);
  const renewal = { role, nonce: "n", token: "refresh" };

  it("is of its account, while it lasts or can be renewed", () => {
    keep(later);
    expect(keptSignIn(config)).toEqual({ name: "ann" });
    expect(keptSignIn({ ...config, account: "444455556666" })).toBeUndefined();
    keep(past);
    expect(keptSignIn(config)).toBeUndefined();
    keep(past, { renewal });
    expect(keptSignIn(config)).toEqual({ name: "ann" });
  });

  it("gives its credentials, and none of another account's", async () => {
    keep(later);
    expect(await companyCredentials(config)()).toMatchObject({ accessKeyId: "A" });
    await expect(companyCredentials({ ...config, account: "444455556666" })()).rejects.toMatchObject({ name: "SignInEnded" });
  });

  it.each([["of somebody else", new Response(JSON.stringify({ IdToken: "t", Subject: "bob-s" }))],
    ["that is refused", new Response(JSON.stringify({ __type: "SignInRefusedException" }), { status: 403 })]])(
    "ends with a token %s", async (_, answer) => {
      keep(past, { renewal });
      vi.stubGlobal("fetch", async () => answer);
      await expect(companyCredentials(config)()).rejects.toMatchObject({ name: "SignInEnded" });
      vi.unstubAllGlobals();
    });

  it.each([["signs out", leaveCompany], ["signs in as somebody else", () => keep(later, { subject: "bob-s" })]])(
    "is not brought back by a renewal when somebody %s meanwhile", async (_, meanwhile) => {
      keep(past, { renewal });
      const token = `e.${btoa(JSON.stringify({ sub: "ann" }))}.s`;
      vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ IdToken: token, Subject: "ann-s" })));
      const renewed = vi.spyOn(STSClient.prototype, "send").mockImplementation(async () => {
        meanwhile();
        return { Credentials: { AccessKeyId: "B", SecretAccessKey: "S", SessionToken: "T", Expiration: later } };
      });
      await expect(companyCredentials(config)()).rejects.toMatchObject({ name: "SignInEnded" });
      expect(renewed).toHaveBeenCalledOnce();
      expect(localStorage.getItem("weir.company") ?? "").not.toContain('"B"');
      vi.restoreAllMocks();
      vi.unstubAllGlobals();
    });

  it("outlasts a provider that does not answer", async () => {
    keep(past, { renewal });
    vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ __type: "ServiceUnavailableException" }), { status: 503 }));
    await expect(companyCredentials(config)()).rejects.toMatchObject({ name: "ServiceUnavailableException" });
    expect(keptSignIn(config)).toBeDefined();
    vi.unstubAllGlobals();
  });
});
