import type { ReactNode } from 'react';
import type { Verdict, WorkedInput, WorkedNeuron } from '../../../../src/bounds/worked.ts';
import { Term } from '../../../explain/Term.tsx';
import shared from '../../../styles/shared.module.css';
import type { Derivation } from './derive.ts';
import type { Shown } from './digits.ts';
import styles from './HowC.module.css';
import { InputName, type InputNames, SumTable } from './SumTable.tsx';

interface LinesProps extends InputNames {
  readonly work: WorkedNeuron;
  readonly derivation: Derivation;
}

const Raw = () => (
  <var>
    U<sub>raw</sub>
  </var>
);
const Local = () => (
  <var>
    U<sub>loc</sub>
  </var>
);
const Reach = () => (
  <var>
    r‖L‖<sub>2</sub>
  </var>
);

/** A number with all its bits beside the digits shown. */
const Value = ({ id, of }: { id: string; of: Shown }) => (
  <output data-testid={id} data-value={String(of.value)}>
    {of.text}
  </output>
);

/** A number inside a longer expression: in brackets where it would follow a sign. */
const signed = ({ text }: Shown): string => (text.startsWith('−') ? `(${text})` : text);

/** Those inputs that a sum leaves out, and why. */
function LeftOut({
  inputs,
  when,
  why,
  ...names
}: InputNames & {
  readonly inputs: readonly WorkedInput[];
  readonly when: (input: WorkedInput) => boolean;
  readonly why: string;
}) {
  const out = inputs.flatMap((input, i) => (when(input) ? [i] : []));
  if (out.length === 0) return null;
  return (
    <p className={shared.note}>
      {why}{' '}
      {out.map((i, at) => (
        <span key={i}>
          {at > 0 && ', '}
          <InputName input={i} {...names} />
        </span>
      ))}
      .
    </p>
  );
}

function Test({ work, derivation }: { work: WorkedNeuron; derivation: Derivation }) {
  const { A, rawU } = derivation;
  const [a] = A.total;
  if (work.verdict === 'constant')
    return 'Nothing moves it in this circle, so its sign cannot change.';
  if (work.verdict === 'passing') return 'Its slope is 1 on both sides, so it has no crease.';
  const holds = work.verdict !== 'undecided';
  const compared =
    work.A < 0 ? (
      <>
        <Raw /> + <var>A</var> = {rawU.text} + ({a.text}) {holds ? '< 0' : '≥ 0'}
      </>
    ) : (
      <>
        <Raw /> = {rawU.text} {holds ? '<' : '≥'} <var>A</var> = {a.text}
      </>
    );
  return (
    <>
      <var>A</var> {work.A < 0 ? '< 0' : '≥ 0'}, and {compared}.{' '}
      {holds
        ? `Its sign cannot change in the circle: surely ${work.verdict}.`
        : 'Its sign may change in the circle: undecided.'}
    </>
  );
}

/** Why less than U_raw is left of the movement of a neuron that is off at the centre. */
const whyClipped = ({ slope }: WorkedNeuron): string =>
  slope === 0
    ? ': it is off at the centre, so the first |A| of a rise leave its output at 0'
    : ': it is off at the centre, so a rise counts in full only from 0 on';

/** How U follows, for every verdict. */
function Deviation({ work, derivation }: { work: WorkedNeuron; derivation: Derivation }) {
  const { rawU, slope, A } = derivation;
  const size = slope.text.replace('−', '');
  const [a] = A.total;
  const below = (
    <>
      {' '}
      = <Raw /> + {work.slope === 0 ? '' : `(1 − ${signed(slope)}) `}
      <var>A</var> = {rawU.text} + {work.slope === 0 ? '' : `(1 − ${signed(slope)}) × `}({a.text})
    </>
  );
  const asRaw = (
    <>
      {' '}
      = <Raw />
    </>
  );
  const how: Readonly<Record<Verdict, ReactNode>> = {
    constant: null,
    passing: asRaw,
    on: asRaw,
    off:
      work.slope === 0 ? null : (
        <>
          {' '}
          = |slope| <Raw /> = {size} × {rawU.text}
        </>
      ),
    undecided:
      work.A >= 0 ? (
        asRaw
      ) : work.slope < 0 ? (
        <>
          , the larger of {size} × {rawU.text} and {rawU.text} + (1 − {signed(slope)}) × ({a.text}),
        </>
      ) : (
        below
      ),
  };
  return (
    <>
      <var>U</var>
      {how[work.verdict]} = <Value id="U" of={derivation.U} />
      {work.verdict === 'undecided' && work.A < 0 && work.slope < 1 && whyClipped(work)}
    </>
  );
}

/** The reason for P, which is about the inputs, not about this neuron’s sign, unless that may change. */
const whyP = ({ verdict, P, slope }: WorkedNeuron): string => {
  if (verdict === 'undecided') return 'it may bend in the circle';
  if (verdict === 'constant') return 'it is constant';
  if (verdict === 'off' && slope === 0) return 'it is zero in the whole circle';
  return P === 1 ? 'an input with P = 1 reaches it' : 'no input with P = 1 reaches it';
};

/** Algorithm 1 for one neuron, line by line. */
export function Lines({ work, derivation, ...names }: LinesProps) {
  const { inputs } = work;
  const { A, L, local, norm, r, reach, slack, rawU, passed } = derivation;
  const still = work.verdict === 'constant';
  const squares = L.total.map((v) => `${signed(v)}²`).join(' + ');
  return (
    <ol className={styles.lines}>
      <li>
        <p>
          <b>
            <Term name="A">A</Term>
          </b>
          , the <Term name="pre-activation">pre-activation</Term> at the centre, from which the
          other lines only say how far it can move: bias + weight × value of each input.
        </p>
        <SumTable
          sum={A}
          caption="Terms of A"
          product="weight × value"
          total="A"
          testId="A"
          {...names}
        />
        <LeftOut
          inputs={inputs}
          when={(input) => input.value === 0}
          why={names.onPress ? 'Neurons that pass on 0:' : 'Coordinates that are 0:'}
          {...names}
        />
      </li>
      <li>
        <p>
          <b>
            <Term name="L">L</Term>
          </b>
          , how A changes with the straight inputs (<Term name="P">P</Term> = 0): they are affine in
          the circle, so their gradients add up exactly. Weight × L of each.
        </p>
        <SumTable
          sum={L}
          caption="Terms of L"
          product="weight × L"
          total="L"
          testId="L"
          none="No input with P = 0 moves:"
          {...names}
        />
        <LeftOut
          inputs={inputs}
          when={({ kind }) => kind === 'zero' || kind === 'constant'}
          why={`${names.onPress ? 'Neurons' : 'Coordinates'} that are off or constant in the circle, so L = 0:`}
          {...names}
        />
      </li>
      <li>
        <p>
          <b>
            <Term name="U-loc">
              <Local />
            </Term>
          </b>
          , how far the bent inputs (P = 1) can push it in the worst case, when all of them push the
          same way: |weight| × U of each.
        </p>
        <SumTable
          sum={local}
          caption="Terms of U loc"
          total={<Local />}
          testId="U_loc"
          product="|weight| × U"
          none="No input has P = 1:"
          {...names}
        />
      </li>
      <li>
        <p>
          <Reach />, how far the straight inputs can push it: no point is further than r from the
          centre, and by the Cauchy–Schwarz inequality a step of length r adds at most <Reach />.
        </p>
        <p className={styles.formula}>
          ‖L‖<sub>2</sub> <span>= √({squares})</span>{' '}
          <span>
            = <Value id="norm" of={norm} />
          </span>
        </p>
        <p className={styles.formula}>
          <Reach /> = {r.text} × {norm.text} = <Value id="reach" of={reach} />
        </p>
      </li>
      <li>
        <p>
          <Term name="U-raw">
            <Raw />
          </Term>
          , how far it can move in the circle:
        </p>
        <p className={styles.formula}>
          <Raw /> = <Reach /> + <Local />{' '}
          <span>
            = {reach.text} + {local.total[0].text}
            {slack !== null && ` + ${slack.text}`}
          </span>{' '}
          <span>
            = <Value id="U_raw" of={rawU} />
          </span>
        </p>
        {slack !== null && (
          <p className={shared.note}>
            The last term is what rounding may add: 64-bit numbers have about 16 digits.
          </p>
        )}
      </li>
      <li>
        <p data-testid="test" data-verdict={work.verdict}>
          <b>The test.</b> <Test work={work} derivation={derivation} />
        </p>
      </li>
      <li>
        <p>
          <b>
            S = <output data-testid="S">{work.S}</output>
          </b>
          : C {work.S === 1 ? 'counts it' : 'does not count it'}.{' '}
          <b>
            P = <output data-testid="P">{work.P}</output>
          </b>
          : {whyP(work)}. {still ? 'It does not move: ' : 'Its output moves by at most '}
          <Deviation work={work} derivation={derivation} />.
        </p>
        <p className={shared.note}>
          It passes on the value <span data-testid="passed-value">{passed.value.text}</span>, P ={' '}
          {work.P} and{' '}
          {work.P === 1 ? (
            <>
              U = <span data-testid="passed-U">{passed.U.text}</span>
            </>
          ) : (
            <>
              L ={' '}
              <span data-testid="passed-L">({passed.L.map(({ text }) => text).join(', ')})</span>
            </>
          )}
          .
        </p>
      </li>
    </ol>
  );
}
