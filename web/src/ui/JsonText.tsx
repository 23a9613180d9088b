/** A JSON text for reading: indented where it is JSON, as it is where not. */
export function JsonText({ name, text }: { name: string; text: string | undefined }) {
  if (text === undefined || text === "") return <div>–</div>;
  return <pre className="json-text mono" tabIndex={0} role="region" aria-label={name}>{indented(text)}</pre>;
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
