import { useEffect, useRef } from "react";
import "./codeEditor.css";

/** What stands beside a line: that something in it is wrong, or may be. */
export type LineMark = "error" | "warning";

interface CodeEditorProps {
  label: string;
  text: string;
  onChange?: (text: string) => void;
  marks?: Map<number, LineMark>;
  /** Selects a line and shows it; `asked` tells one asking from the next. */
  goTo?: { line: number; asked: number } | undefined;
}

const kLineHeight = 20;
const signOf: Record<LineMark, string> = { error: "✕", warning: "!" };

/** A text of lines with their numbers. A textarea and nothing more: Tab leaves it, screen readers read it. */
export function CodeEditor({ label, text, onChange, marks, goTo }: CodeEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const lines = text.split("\n");

  useEffect(() => {
    if (!goTo || !area.current) return;
    const all = area.current.value.split("\n");
    const start = all.slice(0, goTo.line - 1).join("\n").length + (goTo.line > 1 ? 1 : 0);
    area.current.focus({ preventScroll: true });
    area.current.setSelectionRange(start, start + (all[goTo.line - 1]?.length ?? 0));
    const frame = area.current.parentElement;
    if (frame) frame.scrollTop = Math.max(0, (goTo.line - 4) * kLineHeight);
  }, [goTo]);

  return (
    <div className="code-editor">
      <pre aria-hidden="true">
        {lines.map((_, at) => {
          const mark = marks?.get(at + 1);
          return <span key={at} className={mark ? `code-${mark}` : undefined}>{mark ? `${signOf[mark]} ` : ""}{at + 1}{"\n"}</span>;
        })}
      </pre>
      <textarea
        ref={area}
        aria-label={label}
        value={text}
        readOnly={!onChange}
        rows={lines.length + 1}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        onChange={(event) => onChange?.(event.target.value)}
      />
    </div>
  );
}
