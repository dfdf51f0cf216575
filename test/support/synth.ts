import { App, Chart, type ChartProps } from 'cdk8s';

/** An object as a chart renders it. */
export interface RenderedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: unknown;
  readonly [field: string]: unknown;
}

/** Props of the chart that the helpers build in: it is called `shop`, and so is its namespace. */
const IN_SHOP: ChartProps = { namespace: 'shop' };

/** The objects that a chart with the constructs of `build` renders. */
export function chartObjects(
  build: (chart: Chart) => void,
  chartProps: ChartProps = IN_SHOP,
): readonly RenderedObject[] {
  return chartOf(build, chartProps).toJson();
}

/** The same as the YAML that `cdk8s synth` writes. */
export function synthYaml(build: (chart: Chart) => void, chartProps: ChartProps = IN_SHOP): string {
  return App.of(chartOf(build, chartProps)).synthYaml();
}

/**
 * The one object of a kind, by name where there are several.
 *
 * @throws Error where there is none, or more than one
 */
export function objectOf(
  objects: readonly RenderedObject[],
  kind: string,
  name?: string,
): RenderedObject {
  const found = objects.filter(
    (object) => object.kind === kind && (name === undefined || object.metadata.name === name),
  );
  const [object] = found;
  if (object === undefined || found.length > 1) {
    const all = objects.map((each) => `${each.kind} '${each.metadata.name}'`).join(', ');
    throw new Error(
      `expected one ${kind}${name === undefined ? '' : ` '${name}'`}, got ${found.length} in: ${all}`,
    );
  }
  return object;
}

function chartOf(build: (chart: Chart) => void, chartProps: ChartProps): Chart {
  const chart = new Chart(new App(), 'shop', chartProps);
  build(chart);
  return chart;
}
