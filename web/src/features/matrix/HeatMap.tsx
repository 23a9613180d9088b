import { useRef, useState, type KeyboardEvent } from "react";
import { useNavigate } from "react-router";
import { PrincipalText } from "../../ui/PrincipalText";
import { principalWords } from "../../ui/principals";
import { pathOfQuestion } from "../explain/explain";
import { levels, permissionOf, type AccessMatrixRow, type Level } from "./matrix";
import "./heatMap.css";

interface HeatMapProps {
  database: string;
  tables: string[];
  /** Which of the tables stand side by side. */
  from: number;
  count: number;
  rows: AccessMatrixRow[];
}

/** Principals by tables. A table like any other to a screen reader; one stop of the Tab key, arrows lead from cell to cell. */
export function HeatMap({ database, tables, from, count, rows }: HeatMapProps) {
  const shown = tables.slice(from, from + count);
  const { grid, placeOf } = useCells(rows.length, shown.length);
  return (
    <div className="heat-frame">
      <table ref={grid} className="heat-map" aria-label={`Access to the tables of ${database}`}>
        <thead>
          <tr>
            <th scope="col">Principal</th>
            {shown.map((table) => <th key={table} scope="col" title={table}><span>{table}</span></th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, down) => (
            <tr key={row.Principal}>
              <th scope="row"><PrincipalText id={row.Principal} />{row.Administrator && <small> administrator</small>}</th>
              {shown.map((table, right) => (
                <td key={table}><Cell {...cellOf(row, database, table, from + right)} place={placeOf(down, right)} /></td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const kMoves: Record<string, [down: number, right: number]> = {
  ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1],
};

const nameOf = (down: number, right: number) => `${down} ${right}`;

/** Where the keyboard is among the cells; `placeOf` is what a cell is told of its place. */
function useCells(rows: number, columns: number) {
  const grid = useRef<HTMLTableElement>(null);
  const [stop, setStop] = useState<[down: number, right: number]>([0, 0]);
  // Of what was turned to, where it has fewer of them: there is always a cell that the Tab key leads to.
  const stopName = nameOf(Math.min(stop[0], rows - 1), Math.min(stop[1], columns - 1));
  const placeOf = (down: number, right: number) => ({
    "data-cell": nameOf(down, right),
    tabIndex: nameOf(down, right) === stopName ? 0 : -1,
    onFocus: () => setStop([down, right]),
    onKeyDown: (event: KeyboardEvent) => {
      const move = kMoves[event.key];
      if (!move) return;
      event.preventDefault();
      grid.current?.querySelector<HTMLElement>(`[data-cell="${nameOf(down + move[0], right + move[1])}"]`)?.focus();
    },
  });
  return { grid, placeOf };
}

/** What a cell is about: somebody, and the table that stands at that place of their levels. */
const cellOf = ({ Principal = "", Levels, Grantable }: AccessMatrixRow, database: string, table: string, at: number) => ({
  who: Principal, what: `${database}.${table}`, level: Levels?.[at] ?? "NONE", grantable: Grantable?.includes(table) ?? false,
});

interface CellProps {
  who: string;
  what: string;
  level: Level;
  grantable: boolean;
  place: ReturnType<ReturnType<typeof useCells>["placeOf"]>;
}

function Cell({ who, what, level, grantable, place }: CellProps) {
  const navigate = useNavigate();
  const says = `${principalWords(who).name}, ${what}: ${levels[level].words}${grantable ? ", and may pass it on" : ""}`;
  return (
    <button
      type="button"
      className={`heat heat-${level}`}
      aria-label={says}
      title={says}
      data-sign={`${levels[level].sign}${grantable ? "+" : ""}`}
      onClick={() => void navigate(pathOfQuestion({ Principal: who, Action: permissionOf(level), Resource: what }))}
      {...place}
    />
  );
}
