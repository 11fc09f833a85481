// How a CommonJS module runs from a script of our own, so that the code V8 made of it can be kept and used again.
const Module = require('node:module');
const { dirname } = require('node:path');
const { constants, Script } = require('node:vm');

/**
 * From now on modules run from scripts: `codeOf` gives the kept code of a file, null where there is none yet, or
 * undefined to leave the file to Node.js. `ran` is told of each script.
 */
function runFromScripts(codeOf, ran = () => {}) {
  const { _compile: compile } = Module.prototype;
  Module.prototype._compile = function (text, filename, ...rest) {
    const code = codeOf(filename);
    if (code === undefined) return compile.call(this, text, filename, ...rest);
    const script = new Script(Module.wrap(text), {
      filename,
      // A stack trace gives the columns of the file.
      columnOffset: -Module.wrapper[0].length,
      cachedData: code ?? undefined,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    ran(filename, script);
    const { exports } = this;
    const wrapped = script.runInThisContext();
    return wrapped.call(exports, exports, requireOf(this), this, filename, dirname(filename));
  };
}

function requireOf(module) {
  const require = (id) => module.require(id);
  require.resolve = (id, options) => Module._resolveFilename(id, module, false, options);
  require.resolve.paths = (id) => Module._resolveLookupPaths(id, module);
  return Object.assign(require, {
    main: process.mainModule,
    extensions: Module._extensions,
    cache: Module._cache,
  });
}

module.exports = { runFromScripts };
