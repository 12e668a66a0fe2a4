import type { FileId, Frame, Origin, Rendered, RenderProblem, Segment } from '../../render/rendered.ts';

/**
 * A node's raw code often starts somewhere inside its file: moves everything that a render of it said about the text
 * to where that text stands in the file.
 */
export function shiftOrigins(rendered: Rendered, file: FileId, by: number): Rendered {
  if (by === 0) return rendered;
  const shift = new Shift(file, by);
  return {
    text: rendered.text,
    segments: rendered.segments.map(segment => shift.segment(segment)),
    problem: rendered.problem === undefined ? undefined : shift.problem(rendered.problem),
  };
}

class Shift {
  readonly #file: FileId;
  readonly #by: number;
  readonly #frames = new Map<Frame, Frame>();
  constructor(file: FileId, by: number) {
    this.#file = file;
    this.#by = by;
  }

  segment(segment: Segment): Segment {
    const frame = this.#frame(segment.frame);
    // What a macro wrote stands in the macro's file, even when that is this one: only the calls of it moved.
    const origin = segment.frame === undefined ? this.#origin(segment.origin) : segment.origin;
    return { ...segment, origin, frame };
  }

  problem(problem: RenderProblem): RenderProblem {
    const frame = this.#frame(problem.frame);
    if (problem.frame !== undefined || problem.file !== this.#file) return { ...problem, frame };
    const { start, end } = problem.range;
    return { ...problem, frame, range: { start: start + this.#by, end: end + this.#by } };
  }

  #origin(origin: Origin | undefined): Origin | undefined {
    if (origin?.file !== this.#file) return origin;
    return { file: origin.file, start: origin.start + this.#by, end: origin.end + this.#by };
  }

  #frame(frame: Frame | undefined): Frame | undefined {
    if (frame === undefined) return undefined;
    const known = this.#frames.get(frame);
    if (known !== undefined) return known;
    const { callSite } = frame;
    const outer = this.#frame(callSite.frame);
    const moves = callSite.frame === undefined && callSite.file === this.#file;
    const { start, end } = callSite.range;
    const range = moves ? { start: start + this.#by, end: end + this.#by } : callSite.range;
    const shifted: Frame = { ...frame, callSite: { file: callSite.file, range, frame: outer } };
    this.#frames.set(frame, shifted);
    return shifted;
  }
}
