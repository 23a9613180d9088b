/** Without padding, in the alphabet of addresses. */
export const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

/** The text in base64 of either alphabet; white space does not count. Throws for what is none. */
export const textOf = (base64: string): string =>
  new TextDecoder().decode(
    Uint8Array.from(atob(base64.replace(/\s/g, "").replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0)));
