/** Stands in for `@vscode/native-watchdog`, which would need a compiler: ends this process when the watched one is gone. */
'use strict';

exports.start = pid => {
  setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch (error) {
      if (error.code === 'ESRCH') process.exit(87);
    }
  }, 1000).unref();
};
exports.exit = code => process.exit(code || 0);
