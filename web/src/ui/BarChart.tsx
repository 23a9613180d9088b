import "./barChart.css";

/** What is counted, bar by bar, in one colour. */
export interface Series {
  name: string;
  /** One for each bar. */
  values: number[];
  /** Stands for refusals: hatched, and in their colour. */
  refused?: boolean;
}

/** One bar: a stretch of time. */
export interface Bar {
  /** The whole of what it is of, and what stands below it where there is room. */
  label: string;
  tick: string;
}

interface BarChartProps {
  name: string;
  bars: Bar[];
  series: Series[];
}

const kSize = { width: 960, height: 280, left: 56, bottom: 28, top: 12 };
/** How many colours there are; series beyond share the last. */
const kColours = 7;

/** The next round number: what the scale ends with. */
export function roundUp(most: number): number {
  if (most <= 4) return 4;
  const size = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 4, 6, 8, 10].map((step) => step * size).find((step) => step >= most) ?? most;
}

const colourOf = (series: Series, at: number) => (series.refused ? "bar-refused" : `bar-${Math.min(at, kColours - 1)}`);

const high = kSize.height - kSize.bottom - kSize.top;
/** Where so much of the scale's end stands. */
const yOf = (count: number, most: number) => kSize.top + high - (count / most) * high;

/** Stacked bars over time, with what their colours mean. The page that shows it has the same numbers as a table. */
export function BarChart({ name, bars, series }: BarChartProps) {
  const totals = bars.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const most = roundUp(Math.max(0, ...totals));
  const every = Math.ceil(bars.length / 10);
  return (
    <div className="bar-chart">
      <div className="bar-frame" tabIndex={0} role="region" aria-label={name}>
        <svg role="img" aria-label={`${name}. ${sumsOf(series)}`} viewBox={`0 0 ${kSize.width} ${kSize.height}`}>
          <defs>
            <pattern id="bar-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width="6" height="6" className="bar-hatch-ground" /><line x1="0" y1="0" x2="0" y2="6" />
            </pattern>
          </defs>
          <Scale most={most} />
          {bars.map((bar, at) => <Stack key={at} bar={bar} at={at} of={bars.length} series={series} most={most} named={at % every === 0} />)}
        </svg>
      </div>
      <ul className="bar-legend" aria-hidden="true">
        {series.map((one, at) => (
          <li key={at}><svg width="14" height="14"><rect className={colourOf(one, at)} width="14" height="14" rx="3" /></svg> {one.name}</li>
        ))}
      </ul>
    </div>
  );
}

const Scale = ({ most }: { most: number }) => [0, 0.25, 0.5, 0.75, 1].map((part) => (
  <g key={part} className="bar-scale">
    <line x1={kSize.left} x2={kSize.width} y1={yOf(part, 1)} y2={yOf(part, 1)} />
    <text x={kSize.left - 8} y={yOf(part, 1) + 4}>{(part * most).toLocaleString()}</text>
  </g>
));

interface StackProps {
  bar: Bar;
  at: number;
  of: number;
  series: Series[];
  most: number;
  /** Whether there is room for its tick. */
  named: boolean;
}

/** One bar: what is counted first stands at the bottom. */
function Stack({ bar, at, of, series, most, named }: StackProps) {
  const step = (kSize.width - kSize.left) / of;
  const left = kSize.left + at * step;
  const values = series.map((one) => one.values[at] ?? 0);
  const below = (number: number) => values.slice(0, number).reduce((sum, value) => sum + value, 0);
  return (
    <g>
      <title>{`${bar.label}: ${series.map((one, number) => `${one.name} ${(values[number] ?? 0).toLocaleString()}`).join(", ")}`}</title>
      {series.map((one, number) => {
        const top = yOf(below(number + 1), most);
        return values[number] ? <rect key={number} className={colourOf(one, number)} x={left + step * 0.1} width={step * 0.8} y={top} height={yOf(below(number), most) - top} /> : null;
      })}
      {named && <text className="bar-label" x={left + step / 2} y={kSize.height - 8}>{bar.tick}</text>}
    </g>
  );
}

const sumsOf = (series: Series[]) =>
  series.map(({ name, values }) => `${name}: ${values.reduce((sum, value) => sum + value, 0).toLocaleString()}`).join("; ");
