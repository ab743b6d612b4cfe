/** How a function of either side reaches a module. */
export interface Modules {
  /** What `require(specifier)` gives. */
  require(specifier: string): unknown;
  /** The exports by name that an `import` of the module can link to. */
  import(specifier: string): Promise<Readonly<Record<string, unknown>>>;
}
