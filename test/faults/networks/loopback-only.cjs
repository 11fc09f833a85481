// Loaded into a process by NODE_OPTIONS: no connection of it leaves this machine, and each that would is written down.
const { appendFileSync } = require('node:fs');
const net = require('node:net');

const { connect } = net.Socket.prototype;

net.Socket.prototype.connect = function (...args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const isPort = typeof first !== 'object';
  const host = (isPort ? typeof second === 'string' && second : first.path ? '' : first.host) || 'localhost';
  if (/^(localhost|127(\.\d+){3}|::1)$/.test(host)) return connect.apply(this, args);
  appendFileSync(process.env.LOOPBACK_ONLY_LOG, `${host}\n`);
  process.nextTick(() => this.destroy(Object.assign(new Error('no route'), { code: 'ENETUNREACH' })));
  return this;
};
