/* global module */
// A transform of jscodeshift that changes nothing: what every transform costs at least.
/** @type {import("jscodeshift").Transform} */
module.exports = (file, api) => api.jscodeshift(file.source).toSource();
