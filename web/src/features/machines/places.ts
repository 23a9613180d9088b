// Where the parts of a JSON text stand in it, so that a diagnostic's location leads to a line.

/** The server takes definitions that are 128 deep. */
const kDeepest = 200;

/** The offset at which each part begins: `/States/A/Branches[0]` to a number. Ends quietly where the text is no JSON any more. */
export function placesOf(text: string): Map<string, number> {
  const places = new Map<string, number>();
  let at = 0;
  let depth = 0;
  const blank = () => { while (/\s/.test(text[at] ?? "")) at++; };
  const word = (): string => {
    const from = at++;
    while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    at++;
    try { return JSON.parse(text.slice(from, at)) as string; } catch { return text.slice(from + 1, at - 1); }
  };
  const plain = () => { while (at < text.length && !/[\s,\]}]/.test(text[at] ?? "")) at++; };

  /** What `{` or `[` opened: calls `part` for each member until the end of it, or of the text. */
  const parts = (close: string, part: (number: number) => void) => {
    at++;
    for (let number = 0; at < text.length; number++) {
      blank();
      if (text[at] === close) { at++; return; }
      const before = at;
      part(number);
      blank();
      if (text[at] === ",") at++;
      if (at === before) return;
    }
  };
  const value = (place: string, start: number) => {
    places.set(place, start);
    blank();
    if (++depth > kDeepest) at = text.length;
    else if (text[at] === '"') word();
    else if (text[at] === "{") parts("}", () => member(place));
    else if (text[at] === "[") parts("]", (number) => value(`${place}[${number}]`, at));
    else plain();
    depth--;
  };
  const member = (place: string) => {
    if (text[at] !== '"') return;
    const start = at;
    const name = word();
    blank();
    if (text[at] === ":") at++;
    blank();
    value(`${place}/${name}`, start);
  };
  blank();
  value("", at);
  return places;
}

/** The line of an offset, counting from 1. */
export const lineOf = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

/** The line that a location leads to: its own, or that of the nearest part above it that is there. */
export function lineOfPlace(text: string, places: Map<string, number>, location: string): number {
  for (let place = location; place; place = place.replace(/(\/[^/[]*|\[\d+\])$/, "")) {
    const found = places.get(place);
    if (found !== undefined) return lineOf(text, found);
    if (!/(\/[^/[]*|\[\d+\])$/.test(place)) break;
  }
  return 1;
}
