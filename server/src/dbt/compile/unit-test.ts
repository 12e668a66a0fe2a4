import type { RenderProblem } from '../../render/rendered.ts';
import { toText } from '../../render/python/text.ts';
import { Callable, Dict, List, type Value } from '../../render/value.ts';
import { renderNestedValue } from '../context/render-nested.ts';
import { RenderSession } from '../context/render-session.ts';
import { ephemeralRelation, relationOf } from '../context/references.ts';
import { TemplateContext } from '../context/template-context.ts';
import { timestampValue } from '../context/temporal.ts';
import { endTransaction } from '../context/warehouse-statements.ts';
import { PythonError } from '../../render/python/error.ts';
import { stringEntries } from '../manifest/data.ts';
import { toValue } from '../manifest/data-value.ts';
import type { UnitTestGiven, UnitTestNode, UnitTestRows } from '../manifest/node.ts';
import { unitTestRows } from '../manifest/unit-test-rows.ts';
import type { WarehouseAccess } from '../warehouse-access.ts';
import { compileIn } from './compile-node.ts';
import type { Compiled } from './compiled.ts';
import type { ManifestView, NodeView, SourceView } from './manifest-view.ts';
import { openStatements } from './open-run.ts';
import { runMaterialization, type NodeRun } from './run-node.ts';
import { renderNode } from './render-node.ts';
import { unitTestOutcome } from './unit-test-outcome.ts';

/** Runs a unit test: the model's query over the given rows, compared with the expected ones. */
export function runUnitTest(
  view: ManifestView,
  unitTest: UnitTestNode,
  { access }: { readonly access: WarehouseAccess },
): NodeRun {
  const session = unitTestSession(view, unitTest, access);
  try {
    const compiled = compiledOver(session, unitTest);
    const run = new RenderSession(view, session.node, 'run', access);
    run.transactionOpen = session.transactionOpen;
    run.hasBegun = session.hasBegun;
    session.transactionOpen = false;
    return compiled.problem === undefined ? runOver(run, unitTest, compiled) : failed(run, compiled);
  } finally {
    endTransaction(session, 'ROLLBACK');
  }
}

function failed(session: RenderSession, compiled: Compiled): NodeRun {
  endTransaction(session, 'ROLLBACK');
  const { problem } = compiled;
  const nothing = { sql: undefined, main: undefined, relations: [], test: undefined };
  return { ...nothing, open: openStatements(session), compiled, problem, refusal: session.refusal, log: session.log };
}

function runOver(session: RenderSession, unitTest: UnitTestNode, compiled: Compiled): NodeRun {
  const { expect } = unitTest;
  session.configOverrides.set('expected_rows', rowsOf(expect));
  session.configOverrides.set('expected_sql', expect.format === 'sql' ? sqlOf(expect) : null);
  session.configOverrides.set('materialized', 'unit');
  session.extras.set('sql', compiled.text);
  session.extras.set('compiled_code', compiled.text);
  const run = runMaterialization(session, new TemplateContext(session), { compiled });
  if (run.problem !== undefined) return run;
  return { ...run, test: unitTestOutcome(session) };
}

/** A session in which the tested model's template runs under the unit test's name, with its overrides. */
function unitTestSession(
  view: ManifestView,
  unitTest: UnitTestNode,
  access: WarehouseAccess | undefined,
): RenderSession {
  const tested = unitTest.testedNode === undefined ? undefined : view.node(unitTest.testedNode);
  const session = new RenderSession(view, unitTestView(unitTest, tested), 'compile', access);
  const { macros, vars, envVars } = unitTest.overrides;
  for (const [name, data] of stringEntries(macros)) {
    const value = toValue(data, timestampValue);
    session.macroOverrides.set(name, new Callable(name, () => value));
  }
  session.vars = new Map([...session.vars, ...vars]);
  const overridden = stringEntries(envVars).map(([name, value]) => [name, toText(toValue(value))] as const);
  session.environment = { ...session.environment, ...Object.fromEntries(overridden) };
  return session;
}

function unitTestView(unitTest: UnitTestNode, tested: NodeView | undefined): NodeView {
  const none = { database: undefined, schema: '', identifier: unitTest.name, relationName: undefined };
  const quote = tested?.relation.quote ?? { database: true, schema: true, identifier: true };
  const relation = { ...none, ...tested?.relation, identifier: unitTest.name, quote };
  const rawCode = tested?.rawCode ?? '';
  const { uniqueId, name, packageName, originalPath, config, dependsOn, description } = unitTest;
  const shared = { uniqueId, name, packageName, originalPath, config, dependsOn, description, rawCode, relation };
  const { database, schema } = relation;
  return { ...shared, resourceType: 'unit_test', language: 'sql', database, schema, alias: name, columns: [] };
}

function compiledOver(session: RenderSession, unitTest: UnitTestNode): Compiled {
  let problem: RenderProblem | undefined;
  session.extras.set('this', null);
  for (const given of unitTest.given) {
    const input = inputOf(session, unitTest, given);
    if (input === undefined) {
      problem ??= inputProblem(unitTest, given);
      continue;
    }
    const fixture = fixtureView(unitTest, input, given);
    const compiled = compiledFixture(session, fixture, given);
    problem ??= compiled.problem;
    session.mocks.set(input.uniqueId, fixture);
    session.fixtures.set(input.uniqueId, compiled);
    if (given.input.trim() === 'this') session.extras.set('this', ephemeralRelation(session, fixture));
  }
  const context = new TemplateContext(session);
  const compiled = compileIn(session, context);
  return problem === undefined ? compiled : { ...compiled, problem };
}

/** What rows are given for: the node or source that the text calls for, or the tested model's own relation. */
function inputOf(
  session: RenderSession,
  unitTest: UnitTestNode,
  given: UnitTestGiven,
): NodeView | SourceView | undefined {
  const { view } = session;
  if (given.input.trim() === 'this') return view.node(unitTest.testedNode ?? '');
  const asking = new RenderSession(view, session.node, 'parse');
  try {
    renderNestedValue(new TemplateContext(asking), `{{ ${given.input} }}`);
  } catch (error) {
    if (error instanceof PythonError) return undefined;
    throw error;
  }
  const [ref] = asking.refs;
  const [source] = asking.sources;
  const found =
    ref !== undefined
      ? view.resolveRef(ref.call, session.node)
      : source && view.resolveSource(source.call, session.node);
  return found?.kind === 'found' ? found.node : undefined;
}

/** An input that names nothing, or calls for nothing that can be given. */
function inputProblem({ name, originalPath }: UnitTestNode, { input }: UnitTestGiven): RenderProblem {
  const isCall = /^\s*(?:ref|source)\s*\(/.test(input);
  const message = isCall
    ? `Unit test '${name}' had an input (${input}) which was not found in the manifest.`
    : `Unit test given inputs must be either a 'ref', 'source' or 'this' call. Got: '${input}'.`;
  const errorClass = isCall ? 'ParsingError' : 'InvalidUnitTestGivenInput';
  return { errorClass, message, file: originalPath, range: { start: 0, end: 0 }, frame: undefined };
}

/** A node that stands for an input: its template makes a query of the given rows. */
function fixtureView(unitTest: UnitTestNode, input: NodeView | SourceView, given: UnitTestGiven): NodeView {
  const { uniqueId, name, packageName, relation } = input;
  const { database, schema, identifier } = relation;
  const isSql = given.format === 'sql';
  return {
    uniqueId,
    resourceType: 'fixture',
    name,
    packageName,
    originalPath: unitTest.originalPath,
    rawCode: isSql ? sqlOf(given) : '{{ get_fixture_sql(__fixture_rows, none) }}',
    language: 'sql',
    config: new Map(),
    database,
    schema,
    alias: identifier,
    relation,
    dependsOn: { nodes: [], macros: [] },
    columns: [],
    description: '',
  };
}

function compiledFixture(session: RenderSession, fixture: NodeView, given: UnitTestGiven): Compiled {
  const own = new RenderSession(session.view, fixture, 'compile', session.access);
  own.transactionOpen = session.transactionOpen;
  own.hasBegun = session.hasBegun;
  own.extras.set('__fixture_rows', rowsOf(given));
  own.extras.set(
    'model',
    Dict.fromStrings([
      ['name', fixture.name],
      ['resource_type', 'model'],
    ]),
  );
  own.extras.set('this', relationOf(own, fixture));
  const rendered = renderNode(own, new TemplateContext(own));
  session.transactionOpen = own.transactionOpen;
  session.hasBegun = own.hasBegun;
  session.refusal = own.refusal;
  const lists = { ephemerals: [], refs: [], sources: [], nodes: [], macros: [] };
  const { guessed, asksCommand } = own;
  return { ...rendered, own: { text: rendered.text, segments: rendered.segments }, ...lists, guessed, asksCommand };
}

/** Rows as the macros take them: a list of dicts. */
const rowsOf = (given: UnitTestRows): Value =>
  new List((unitTestRows(given) ?? []).map(row => toValue(row, timestampValue)));

const sqlOf = ({ rows }: UnitTestRows): string => (typeof rows === 'string' ? rows : '');
