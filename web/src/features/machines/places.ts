// Where the parts of a JSON text stand in it, so that a diagnostic's location leads to a line.

/** The server takes definitions that are 128 deep. */
const kDeepest = 200;

/** Goes through a text that should be JSON, from one thing to the next; it never fails, and stays where it makes no sense. */
class Cursor {
  at = 0;
  constructor(readonly text: string) {}

  get next(): string | undefined { return this.text[this.at]; }

  blank(): void {
    while (/\s/.test(this.next ?? "")) this.at++;
  }

  /** Past a sign, where it stands there. */
  past(sign: string): void {
    this.blank();
    if (this.next === sign) this.at++;
    this.blank();
  }

  /** Past a text in quotation marks. @returns what it means */
  word(): string {
    const from = this.at++;
    while (this.at < this.text.length && this.next !== '"') this.at += this.next === "\\" ? 2 : 1;
    this.at++;
    const [inside, whole] = [this.text.slice(from + 1, this.at - 1), this.text.slice(from, this.at)];
    try { return JSON.parse(whole) as string; } catch { return inside; }
  }

  /** Past a number, or true, false, null. */
  plain(): void {
    while (this.at < this.text.length && !/[\s,\]}]/.test(this.next ?? "")) this.at++;
  }

  /** Past what `{` or `[` opened: calls `part` for each member until the end of it, or of the text. */
  parts(close: string, part: (number: number) => void): void {
    this.at++;
    for (let number = 0; this.at < this.text.length; number++) {
      this.blank();
      if (this.next === close) { this.at++; return; }
      const before = this.at;
      part(number);
      this.past(",");
      if (this.at === before) return;
    }
  }
}

/** The offset at which each part begins: `/States/A/Branches[0]` to a number. Ends quietly where the text is no JSON any more. */
export function placesOf(text: string): Map<string, number> {
  const places = new Map<string, number>();
  const cursor = new Cursor(text);
  const value = (place: string, start: number, depth: number) => {
    places.set(place, start);
    cursor.blank();
    if (depth > kDeepest) cursor.at = text.length;
    else if (cursor.next === '"') cursor.word();
    else if (cursor.next === "{") cursor.parts("}", () => member(place, depth));
    else if (cursor.next === "[") cursor.parts("]", (number) => value(`${place}[${number}]`, cursor.at, depth + 1));
    else cursor.plain();
  };
  const member = (place: string, depth: number) => {
    if (cursor.next !== '"') return;
    const start = cursor.at;
    const name = cursor.word();
    cursor.past(":");
    value(`${place}/${name}`, start, depth + 1);
  };
  cursor.blank();
  value("", cursor.at, 1);
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
