/** Stands in for the native logger `@vscode/spdlog`, which would need a compiler: appends lines to files. */
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
const off = names.length;
let level = names.indexOf('info');

class Logger {
  constructor(file) {
    this.file = file;
    this.level = level;
    this.formatted = true;
    if (file) fs.mkdirSync(path.dirname(file), { recursive: true });
  }
  append(severity, message) {
    if (severity < this.level || this.level >= off || !this.file) return;
    const line = this.formatted ? `${new Date().toISOString()} [${names[severity]}] ${message}\n` : message;
    fs.appendFileSync(this.file, line);
  }
  trace(message) {
    this.append(0, message);
  }
  debug(message) {
    this.append(1, message);
  }
  info(message) {
    this.append(2, message);
  }
  warn(message) {
    this.append(3, message);
  }
  error(message) {
    this.append(4, message);
  }
  critical(message) {
    this.append(5, message);
  }
  getLevel() {
    return this.level;
  }
  setLevel(value) {
    this.level = value;
  }
  setPattern() {}
  clearFormatters() {
    this.formatted = false;
  }
  flush() {}
  drop() {
    this.file = undefined;
  }
}

exports.version = 0;
exports.Logger = Logger;
exports.setLevel = value => {
  level = value;
};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = async (name, file) => new Logger(file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger(file);
