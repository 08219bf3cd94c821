import type { Config, TopLevelSpec } from 'vega-lite';

/** Reads on white and on near-black: a README has no say in its reader's theme, and an SVG in an <img> does not hear of it. */
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
    // Whole: two mechanisms differ only behind their first words.
    labelLimit: 0,
    titleFontSize: 12,
    titleFontWeight: 'normal',
  },
  title: { color: ink, fontSize: 14, fontWeight: 600, anchor: 'start' },
  text: { color: ink, fontSize: 12 },
  rule: { color: ink },
  bar: { color: '#3f7fd9' },
  // As many as the most lines of a plot: Vega begins anew with the first, and two mechanisms would look like one.
  range: { category: ['#3f7fd9', '#c8702a', '#2f9c7c', '#a865c9', '#c2566f', '#8a8f2e'] },
};

/** Draws a Vega-Lite chart as SVG, without a browser and without a canvas. */
export async function drawPlot(spec: TopLevelSpec): Promise<string> {
  // Loaded when a picture is wanted: most runs of a benchmark only print.
  const [{ compile }, vega] = await Promise.all([import('vega-lite'), import('vega')]);
  // Clip paths are numbered over the whole process; the same plot must give the same file.
  vega.resetSVGDefIds();
  const view = new vega.View(vega.parse(compile(spec, { config }).spec), { renderer: 'none' });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}
