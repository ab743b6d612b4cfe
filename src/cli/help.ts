/** What `--help` prints. */
export const help = `Usage: faas-migrate [options] <paths...>
       faas-migrate verify [--json] [--style <style>] [--scenarios <n>] [--seed <n>] <old> <new>

Migrates LivePerson Functions from V1 to V2, in place. A path is a file, a folder or a glob. In a folder every
*.js, *.cjs and *.mjs that looks like a V1 function is taken; node_modules, unit tests and what .gitignore names is
left out. A file that you name yourself is always taken. The config.json beside an index.js is converted with it.
With a wrong option, or a path that is not there, nothing is written at all.

verify compares two files, or the functions of two folders, by running them: the V1 function and the V2 one in one
simulated outside world. It writes nothing, and exits with 0 when all do the same, with 1 when one differs or could
not be run, and with 2 for wrong usage. It is a command wherever it stands; a path of that name is ./verify.

Options:
  --dry-run            write nothing, say what would be done
  --diff               print the change of every file as a unified diff; add --dry-run to see it first
  --check              write nothing; exit 1 when a file would change or needs a person
  --json               print one JSON object with the result, and nothing else, on standard output
  --transform <id>     run only this transform; repeat it for more
  --style <style>      faithful (default): keep what V1 did, in the plainest code that does
                       idiomatic: write what the V2 documentation writes, and list every difference
  --packages <name>    use this V2 package: es-toolkit in the place of lodash
  --own-account <id>   the account that the functions run on, for ContextServiceClient: its number, or the name of the
                       constant, environment variable or secret that holds it; repeat it for more
  --concurrency <n>    worker threads; by default none below some 250 files
  --verify             run every function before and after its migration in a simulated outside world, and write
                       none that does something else; see docs/verify.md
  --scenarios <n>      with --verify: try at most so many scenarios for each function (64)
  --seed <n>           with --verify: another order of the scenarios
  --force              with --verify: write functions that differ all the same
  --list               print the transforms and what they do
  -h, --help           print this
  -v, --version        print the version

Verdicts:
  migrated    V2 code in the platform's own style
  mechanical  V2 code that runs the same with the V1 callback kept inside; you may simplify it
  refused     left as it was; the reasons say why
  unchanged   nothing to migrate
  failed      left as it was because of a fault of this tool

Exit codes; when several apply, the highest one:
  0  done, nothing is left for a person
  1  done, and some file needs a person (it was refused, has reasons, or is not proved); or --check found work
  2  wrong usage or a path that is not there, and nothing was written; or a file could not be read or written, and
     the others are done
  3  internal error in one or more files; the others are done

Results go to standard output, errors to standard error. NO_COLOR turns colours off.
`;
