// A size is a quantity of Kubernetes, and the compiler knows one.
import { type Chart, Size } from 'cdk8s';
import { Claim, type QuantityInput, quantity } from 'cdk8s-storage';

declare const chart: Chart;
declare const text: string;

function claim(size: QuantityInput): void {
  new Claim(chart, 'a', { size, accessMode: 'ReadWriteOnce', storageClassName: 'gp3' });
}

claim('10Gi');
claim('1.5Ti');
claim('5G');
claim('1e3');
claim('1024');
claim(`${10 * 3}Gi`);
claim(Size.gibibytes(10));
claim(quantity('10Gi'));
claim(quantity(text));

// @ts-expect-error GB is no suffix of Kubernetes
claim('10GB');
// @ts-expect-error nor is K
claim('10K');
// @ts-expect-error nothing
claim('');
// @ts-expect-error no number
claim('Gi');
// @ts-expect-error not a quantity
claim('ten');
// @ts-expect-error any text: quantity(text) reads it
claim(text);
// @ts-expect-error a number has no unit: '1024' is bytes
claim(1024);
// @ts-expect-error nothing
claim(undefined);
