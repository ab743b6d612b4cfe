import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import type { Calls } from "../code/calls.ts";
import type { CallSite } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import type { FunctionNode, Node } from "../code/tree.ts";

/**
 * Where the value sits in what a node gives, the outermost holder first; empty for the value itself. `promise`: a
 * promise of it · `[2]`, `[]`: an element at that place, or at any · `.name`, `.*`: a member of that name, or of any.
 */
export type Path = readonly string[];

/** What all events say. */
interface At<S> {
  /** The expression that gives the value, or what holds it. */
  readonly node: Node;
  readonly path: Path;
  readonly state: S;
}

/** The value goes on under another name, or by way of something that holds it. */
export type SameHop<S> = At<S> &
  (
    | {
        readonly type: "bind";
        readonly variable: Variable;
        readonly target: ESTree.Identifier;
        readonly via: Via;
      }
    /** It is the argument of a function of the file. */
    | {
        readonly type: "pass";
        readonly site: CallSite;
        /** The parameter that gets it; undefined when the function names none. */
        readonly parameter: ESTree.Pattern | undefined;
      }
    /** A function of the file returns it. */
    | { readonly type: "return"; readonly owner: FunctionNode; readonly calls: Calls }
    /** A conditional, logical, sequence or assignment expression may give it. */
    | { readonly type: "choice"; readonly by: Node }
    /** It is kept in a list, an object, or a field. */
    | { readonly type: "hold"; readonly holder: Node; readonly step: string }
    /** `await`, a method of promises, a combinator, `resolve(value)`. */
    | { readonly type: "promise"; readonly step: string; readonly by: Node }
  );

/** A part of the value is taken, or something that is made of it. */
export type PartHop<S> = At<S> &
  /** A member is read, by a member expression or a pattern. */
  (
    | {
        readonly type: "member";
        readonly member: ESTree.MemberExpression | ESTree.AssignmentProperty;
        /** Undefined for a name that is made up at run time. */
        readonly name: string | undefined;
        /** The call of the member as a method. */
        readonly call: ESTree.SimpleCallExpression | undefined;
      }
    /** It is gone through as a list: by a loop, a pattern, a method of lists, an index. */
    | { readonly type: "element"; readonly by: Node }
    /** Its members are copied: `{ ...value }`, `Object.assign({}, value)`, the rest of a pattern. */
    | { readonly type: "copy"; readonly by: Node }
    /** It is called. */
    | {
        readonly type: "call";
        readonly call: ESTree.SimpleCallExpression | ESTree.NewExpression | ESTree.TaggedTemplateExpression;
      }
  );

/**
 * Why a value can't be followed any further. `argument`: a function that can't be seen gets it · `returned`: a function
 * gives it to callers that can't be seen · `stored`: it is kept where others reach it · `spread`: its elements become
 * arguments · `deep`: it sits too deep in other things · `unknown`: any other use.
 */
export type EscapeReason =
  "argument" | "returned" | "stored" | "exported" | "thrown" | "yielded" | "spread" | "global" | "deep" | "unknown";

/** What is done with the value where it goes no further. */
export type Use<S> = At<S> &
  /** A member of it is written. */
  (
    | {
        readonly type: "write";
        readonly how: "assign" | "update" | "delete" | "pattern" | "loop";
        readonly target: ESTree.MemberExpression;
        /** What writes it. */
        readonly by: Node;
        readonly name: string | undefined;
        /** What it gets, where the code does not make another value of it. */
        readonly value: Node | undefined;
      }
    /** `Object.assign(value, …)`, `Object.defineProperty(value, …)` and their like. */
    | { readonly type: "change"; readonly call: ESTree.CallExpression }
    /** It is compared, by an operator or a `switch`. */
    | { readonly type: "compare"; readonly operator: string; readonly others: readonly Node[] }
    /** Code asks whether there is one, or what it is. */
    | { readonly type: "test"; readonly by: Node }
    /** A text, a number or a copy is made of it. */
    | { readonly type: "convert"; readonly by: Node }
    /** All its members are read. */
    | { readonly type: "enumerate"; readonly by: Node }
    /** `console.log(value)`; with a path, what holds the value is shown, also as a text: `JSON.stringify([value])`. */
    | { readonly type: "show"; readonly call: ESTree.CallExpression }
    /** Nothing is done with it. */
    | { readonly type: "unused" }
    | { readonly type: "escape"; readonly reason: EscapeReason }
  );

/** One thing that happens to a value. */
export type TraceEvent<S> = ((SameHop<S> | PartHop<S>) & { readonly isFollowed: boolean }) | Use<S>;

/** Which ways are followed. */
export interface TracePolicy<S> {
  /** What the asker knows of the value behind a hop; undefined ends the trace there. All are followed unless said otherwise. */
  readonly same?: (hop: SameHop<S>) => S | undefined;
  /** What the asker knows of a part of the value; undefined leaves it alone. None is followed unless said otherwise. */
  readonly part?: (hop: PartHop<S>) => S | undefined;
}

/** Where a trace begins. */
export interface TraceStart<S> {
  readonly node: Node;
  /** True for a parameter, or another pattern that gets the value, where no expression of the file gives it. */
  readonly isTarget?: boolean;
  readonly state: S;
  /** Where the value sits in what the node gives: `["promise"]` for a promise of it. */
  readonly path?: Path;
}

/** A node that gives the value, or something that holds it. */
export interface Position<S> {
  readonly node: Node;
  readonly path: Path;
  readonly state: S;
}

/** What binds a value to a name. */
export type Via = "declaration" | "assignment" | "parameter" | "loop";

/** What the parts of the trace tell it. */
export interface Tracer<S> {
  readonly model: Model;
  /** Goes on at another node; without a path, the value sits too deep. */
  go(node: Node, path: Path | undefined, state: S, from: Position<S>): void;
  /** Binds what the position gives to a pattern, a name or a field. */
  bind(target: Node, at: Position<S>, via: Via): void;
  /** Goes on with the expression around the node, which may give the value as well. */
  choose(by: Node, at: Position<S>): void;
  /** Tells of a hop, and gives the state behind it if it is to be followed. */
  same(hop: SameHop<S>): S | undefined;
  /** Tells that a part is taken, and gives its state if it is to be followed. */
  part(hop: PartHop<S>): S | undefined;
  /** The same, but without a message where the part is not to be followed. */
  partIfWanted(hop: PartHop<S>): S | undefined;
  /** Tells of a use of the value itself; what is done with its holders alone does not matter, unless it shows them. */
  use(use: Use<S>): void;
  /** Tells that the value, or what holds it, can't be followed any further. */
  escape(at: Position<S>, reason: EscapeReason): void;
}
