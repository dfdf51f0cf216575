import { planText } from '../../src/checks/plan-text';
import { refusal } from '../support/refusal';

const CLAIM = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop }
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  volumeName: uploads
  resources: { requests: { storage: 12Gi } }
`;

const VOLUME = `apiVersion: v1
kind: PersistentVolume
metadata: { name: uploads }
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  persistentVolumeReclaimPolicy: Retain
  capacity: { storage: 10Gi }
  nfs: { server: 10.0.0.10, path: /exports }
`;

describe('planText', () => {
  it('names the file and the line of the field in question', () => {
    const { findings } = planText([
      { file: 'claim.yaml', text: `# the uploads\n${CLAIM}` },
      { file: 'volume.yaml', text: VOLUME },
    ]);
    expect(findings).toMatchObject([{ rule: 'volumename-mismatch', file: 'claim.yaml', line: 9 }]);
  });

  it('names the line alone where the text is of no file', () => {
    const [finding] = planText(`${VOLUME}---\n${CLAIM}`).findings;
    expect(finding).toMatchObject({ rule: 'volumename-mismatch', line: 18 });
    expect(finding).not.toHaveProperty('file');
  });

  it('reads kubectl Lists and JSON', () => {
    const items = [VOLUME, CLAIM].map((text) => planText(text).findings);
    expect(items.flat()).toHaveLength(1);
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${VOLUME.trim().replace(/\n/g, '\n  ')}\n`;
    expect(planText(list).volumes.map(({ volume }) => volume)).toEqual(['uploads']);
    expect(planText('{"apiVersion":"v1","kind":"List","items":[]}').findings).toEqual([]);
  });

  it('tells what it cannot read, first, and plans the rest', () => {
    const plan = planText(`kind: [\n---\n${VOLUME}`);
    expect(plan.findings).toMatchObject([{ rule: 'input-unreadable', severity: 'error', line: 1 }]);
    expect(plan.volumes).toHaveLength(1);
    expect(planText('kind: [', { ignore: ['input-unreadable'] }).findings).toEqual([]);
  });

  it('refuses what is no text', () => {
    const message = (texts: unknown) => refusal(() => planText(texts as never)).message;
    expect(message(5)).toBe("'texts' must be a list, each an object with 'text', got 5");
    expect(message([{ text: 5 }])).toBe("'texts[0].text' must be a string, got 5");
    expect(message([{ txt: '' }])).toBe(
      "'texts[0].txt' is no prop of planText; did you mean 'text'?",
    );
  });
});
