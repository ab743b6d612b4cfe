import { createRequire, isBuiltin } from "node:module";

/** A specifier that the simulated runtime does not have. */
class MissingPackage extends Error {
  readonly code = "MODULE_NOT_FOUND";

  constructor(specifier: string) {
    super(`Cannot find package '${specifier}'`);
  }
}

const require = createRequire(import.meta.url);

interface OAuthRequest {
  readonly url: string;
  readonly method: string;
}

/** A stand-in for oauth-1.0a whose header depends on nothing but its arguments (no time, no nonce). */
function oauthStub(
  this: unknown,
  options: { readonly consumer?: { readonly key?: string; readonly secret?: string } },
): object {
  return {
    authorize: (request: OAuthRequest, token?: { readonly key?: string }) => ({
      oauth_consumer_key: options.consumer?.key ?? "",
      oauth_token: token?.key ?? "",
      oauth_signature: Buffer.from(`${request.method} ${request.url}`).toString("base64"),
    }),
    toHeader: (data: Record<string, string>) => ({
      Authorization: `OAuth ${Object.entries(data)
        .map(([name, value]) => `${name}="${encodeURIComponent(value)}"`)
        .join(", ")}`,
    }),
  };
}

/** A stand-in for moment: a function as the module itself, and the one method that fixture functions call. */
function momentStub(date: string): object {
  return { toISOString: () => new Date(date).toISOString() };
}

/** Packages of the platform that are simulated, though they may be installed: the value of `require` and of `default`. */
const STUBS: Readonly<Record<string, unknown>> = { "oauth-1.0a": oauthStub, moment: momentStub };

/** Packages of which V1 has an older version than V2, by the name under which that one is installed here. */
const VERSIONS_OF_V1: Readonly<Record<string, string>> = { luxon: "luxon-v1" };

/** How a function of either side reaches a package. Both methods throw `MissingPackage`. */
export interface Packages {
  /** What `require(specifier)` gives. */
  require(specifier: string): unknown;
  /** The exports by name that an `import` from the package can link to. */
  import(specifier: string): Promise<Readonly<Record<string, unknown>>>;
}

/**
 * The packages of the simulated runtime: what Node.js has, what is installed, and stubs.
 *
 * @param replaced Modules of Node.js that would lead out of the simulated world, by their name without `node:`.
 */
export function createPackages(replaced: Readonly<Record<string, object>>): Packages {
  const replacement = (specifier: string): object | undefined => {
    const name = specifier.replace(/^node:/, "");
    return Object.hasOwn(replaced, name) ? replaced[name] : undefined;
  };
  return {
    require: (specifier) => {
      const other = replacement(specifier);
      if (other !== undefined) return other;
      if (Object.hasOwn(STUBS, specifier)) return STUBS[specifier];
      const installed = VERSIONS_OF_V1[specifier] ?? specifier;
      if (isBuiltin(installed) || isInstalled(installed)) return require(installed) as unknown;
      throw new MissingPackage(specifier);
    },
    import: async (specifier) => {
      const other = replacement(specifier);
      if (other !== undefined) return { ...other, default: other };
      if (Object.hasOwn(STUBS, specifier)) return { default: STUBS[specifier] };
      if (isBuiltin(specifier) || isInstalled(specifier)) return (await import(specifier)) as Record<string, unknown>;
      throw new MissingPackage(specifier);
    },
  };
}

function isInstalled(specifier: string): boolean {
  // Files of the user's own project are not part of a function: the platform deploys one file.
  if (/^[./]|^file:|^data:/.test(specifier)) return false;
  try {
    require.resolve(specifier);
    return true;
  } catch {
    return false;
  }
}
