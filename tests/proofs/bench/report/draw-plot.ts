import type { Config, TopLevelSpec } from 'vega-lite';

/** Colours that can be read on white and on near-black: an SVG in an <img> does not know its reader's theme. */
const ink = '#757b84';
const hairline = '#757b8440';
const font = 'system-ui, sans-serif';

const config: Config = {
  background: 'transparent',
  font,
  view: { stroke: null },
  axis: {
    domainColor: ink,
    tickColor: ink,
    gridColor: hairline,
    labelColor: ink,
    titleColor: ink,
    labelFontSize: 12,
    labelLimit: 260,
    titleFontSize: 12,
    titleFontWeight: 'normal',
  },
  header: { labelColor: ink, titleColor: ink, labelFontSize: 12, titleFontSize: 12 },
  legend: {
    labelColor: ink,
    titleColor: ink,
    labelFontSize: 12,
    // Labels are never shortened, because two mechanisms differ only after their first words.
    labelLimit: 0,
    titleFontSize: 12,
    titleFontWeight: 'normal',
  },
  title: { color: ink, fontSize: 14, fontWeight: 600, anchor: 'start' },
  text: { color: ink, fontSize: 12 },
  rule: { color: ink },
  bar: { color: '#3f7fd9' },
  // One colour for each line of the largest plot. Vega would reuse the first colour, and two mechanisms would look like one.
  range: { category: ['#3f7fd9', '#c8702a', '#2f9c7c', '#a865c9', '#c2566f', '#8a8f2e'] },
};

/** Draws a Vega-Lite chart as SVG, without a browser and without a canvas. */
export async function drawPlot(spec: TopLevelSpec): Promise<string> {
  // Vega is loaded only when a plot is drawn, because most runs of a benchmark only print.
  const [{ compile }, vega] = await Promise.all([import('vega-lite'), import('vega')]);
  // Vega numbers clip paths over the whole process, but the same plot must give the same file.
  vega.resetSVGDefIds();
  const view = new vega.View(vega.parse(compile(spec, { config }).spec), { renderer: 'none' });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}
