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

const kMoves: Record<string, [down: number, right: number]> = {
  ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1],
};

/** Principals by tables. A table like any other to a screen reader; one stop of the Tab key, arrows lead from cell to cell. */
export function HeatMap({ database, tables, from, count, rows }: HeatMapProps) {
  const grid = useRef<HTMLTableElement>(null);
  const [stop, setStop] = useState<[row: number, column: number]>([0, 0]);
  const shown = tables.slice(from, from + count);
  // Of what was turned to, where it has fewer of them: there is always a cell that the Tab key leads to.
  const [stopDown, stopRight] = [Math.min(stop[0], rows.length - 1), Math.min(stop[1], shown.length - 1)];

  const onKey = (event: KeyboardEvent, row: number, column: number) => {
    const move = kMoves[event.key];
    if (!move) return;
    event.preventDefault();
    grid.current?.querySelector<HTMLElement>(`[data-cell="${row + move[0]} ${column + move[1]}"]`)?.focus();
  };

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
                <td key={table}>
                  <Cell
                    {...cellOf(row, database, table, from + right)}
                    place={`${down} ${right}`}
                    stop={stopDown === down && stopRight === right}
                    onFocus={() => setStop([down, right])}
                    onKey={(event) => onKey(event, down, right)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
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
  place: string;
  stop: boolean;
  onFocus: () => void;
  onKey: (event: KeyboardEvent) => void;
}

function Cell({ who, what, level, grantable, place, stop, onFocus, onKey }: CellProps) {
  const navigate = useNavigate();
  const says = `${principalWords(who).name}, ${what}: ${levels[level].words}${grantable ? ", and may pass it on" : ""}`;
  return (
    <button
      type="button"
      className={`heat heat-${level}`}
      data-cell={place}
      tabIndex={stop ? 0 : -1}
      aria-label={says}
      title={says}
      onFocus={onFocus}
      onKeyDown={onKey}
      data-sign={`${levels[level].sign}${grantable ? "+" : ""}`}
      onClick={() => void navigate(pathOfQuestion({ Principal: who, Action: permissionOf(level), Resource: what }))}
    />
  );
}
