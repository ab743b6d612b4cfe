/* global module */
// A transform of jscodeshift that gives one name another: about the least that a transform does.
/** @type {import("jscodeshift").Transform} */
module.exports = (file, api) => {
  const root = api.jscodeshift(file.source);
  root.find(api.jscodeshift.Identifier, { name: "callback" }).forEach((path) => {
    path.node.name = "done";
  });
  return root.toSource();
};
