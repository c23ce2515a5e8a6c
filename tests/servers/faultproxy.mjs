#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// A byte-exact proxy that breaks chosen answers. Node's core only (18.3 or later).
//
//   node faultproxy.mjs LISTEN_PORT http://127.0.0.1:UPSTREAM_PORT [LOG.jsonl]
//
// LISTEN_PORT may be 0; "faultproxy ready PORT" is printed once it listens, on 127.0.0.1 only.
// Control, on the same port:
//   PUT /__fault [RULE, ...]   set the rules    GET /__fault   those that are left
//   DELETE /__fault            forget rules and log            GET /__log     every request so far
//   POST /__again              sends upstream what "again" has kept, and tells how many requests that were
// A rule: {"do": WHAT, "match": "regular expression on METHOD URL", "n": times (1; -1 is always),
//          "skip": matches to let pass first, "delay": milliseconds before anything, ...}
// WHAT is one of:
//   pass                              nothing but the delay
//   status  "status","headers","body" this answer; upstream never sees the request
//   refuse                            reset before the request is passed on
//   html                              200 with a captive portal's page
//   lost    "rst"                     upstream does the work, not one byte comes back
//   cut     "bytes","head","rst"      headers and that many bytes of the body, then the end;
//                                     "head": false counts from the status line
//   stall   "bytes","ms"              as cut, but silent for a while before the end
//   drip    "bytes","ms"              the whole answer, a few bytes at a time
//   twice                             sent upstream twice, the second answer is passed on
//   again                             answered as ever, and kept to be sent upstream once more
//   garble  "bytes"                   the body cut short with a fitting Content-Length: well-formed
//                                     HTTP with broken JSON
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';

const [listenPort, upstreamUrl, logFile] = process.argv.slice(2);
if (!upstreamUrl) {
  console.error('usage: faultproxy.mjs LISTEN_PORT http://HOST:PORT [LOG.jsonl]');
  process.exit(2);
}
const upstream = new URL(upstreamUrl);
const LOG_LENGTH = 20000;
const UPSTREAM_TIMEOUT_MS = 60000;
const HOP_BY_HOP = /^(connection|keep-alive|proxy-connection|transfer-encoding|content-length|expect)$/i;
const PORTAL = '<html><title>Sign in to the network</title><form method="post"></form></html>';

let rules = [];
let log = [];
let kept = [];
let requests = 0;

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

function note(entry) {
  log.push(entry);
  if (log.length > LOG_LENGTH) log.shift();
  if (logFile) fs.appendFileSync(logFile, JSON.stringify(entry) + '\n');
}

/** The first rule that applies to this request, counted down; or undefined. */
function takeRule(key) {
  for (const rule of rules) {
    const left = rule.n ?? 1;
    if (left === 0 || !new RegExp(rule.match || '.').test(key)) continue;
    if (rule.skip > 0) {
      rule.skip--;
      continue;
    }
    if (left > 0) rule.n = left - 1;
    return rule;
  }
  return undefined;
}

/** One request to upstream on a socket of its own: the raw answer, ended by upstream closing. */
function askUpstream(request, body) {
  let head = `${request.method} ${request.url} HTTP/1.1\r\n`;
  for (let i = 0; i < request.rawHeaders.length; i += 2)
    if (!HOP_BY_HOP.test(request.rawHeaders[i]))
      head += `${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}\r\n`;
  if (body.length || /^(POST|PUT|PATCH)$/.test(request.method)) head += `Content-Length: ${body.length}\r\n`;
  head += 'Connection: close\r\n\r\n';

  return new Promise((resolve, reject) => {
    const parts = [];
    const socket = net.connect(Number(upstream.port) || 80, upstream.hostname);
    socket.on('connect', () => {
      socket.write(head);
      socket.write(body);
    });
    socket.on('data', (part) => parts.push(part));
    socket.on('end', () => resolve(Buffer.concat(parts)));
    socket.on('error', reject);
    socket.setTimeout(UPSTREAM_TIMEOUT_MS, () => socket.destroy(new Error('upstream timeout')));
  });
}

function endSocket(socket, reset) {
  if (reset && socket.resetAndDestroy) socket.resetAndDestroy();
  else socket.end(() => socket.destroy());
}

/** Ordinary passing on, streaming in both directions. */
function passOn(request, response, body, entry) {
  const socket = response.socket;
  const onward = http.request(
    {
      host: upstream.hostname,
      port: upstream.port,
      method: request.method,
      path: request.url,
      headers: request.headers,
      agent: false,
    },
    (answer) => {
      const kept = answer.rawHeaders.filter(
        (_, i, all) => !/^(connection|keep-alive|transfer-encoding)$/i.test(all[i - (i % 2)]));
      entry.status = answer.statusCode;
      note(entry);
      response.writeHead(answer.statusCode, answer.statusMessage, kept);
      answer.pipe(response);
      answer.on('error', () => socket.destroy());
    });
  onward.on('error', (error) => {
    entry.err = error.code;
    note(entry);
    endSocket(socket, true);
  });
  response.on('close', () => onward.destroy());
  onward.end(body);
}

/** Faults that need nothing from upstream; false when the rule is none of them. */
function answerAlone(rule, response, entry) {
  switch (rule.do) {
    case 'refuse':
      note(entry);
      endSocket(response.socket, true);
      return true;
    case 'status':
      entry.status = rule.status;
      note(entry);
      response.writeHead(rule.status, { 'content-type': 'application/json', ...rule.headers });
      response.end(rule.body ?? JSON.stringify({ error: { code: rule.status, message: 'injected' } }));
      return true;
    case 'html':
      note(entry);
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(PORTAL);
      return true;
    default:
      return false;
  }
}

async function breakAnswer(rule, answer, headLength, socket) {
  if (rule.do === 'lost') return endSocket(socket, rule.rst);
  if (rule.do === 'twice') {
    socket.write(answer);
    return endSocket(socket);
  }
  if (rule.do === 'garble') {
    const body = answer.subarray(headLength, headLength + (rule.bytes ?? 20));
    const head = answer.subarray(0, headLength).toString('latin1')
      .replace(/^(content-length|transfer-encoding):.*\r\n/gim, '');
    socket.write(head.slice(0, -2) + `Content-Length: ${body.length}\r\n\r\n`, 'latin1');
    socket.write(body);
    return endSocket(socket);
  }
  if (rule.do === 'drip') {
    const step = rule.bytes || 64;
    for (let i = 0; i < answer.length && !socket.destroyed; i += step) {
      socket.write(answer.subarray(i, i + step));
      await wait(rule.ms ?? 20);
    }
    return endSocket(socket);
  }
  const end = (rule.head === false ? 0 : headLength) + (rule.bytes ?? 0);
  socket.write(answer.subarray(0, Math.min(answer.length, end)));
  await wait(rule.do === 'stall' ? rule.ms ?? 5000 : 2);
  return endSocket(socket, rule.rst);
}

/** What was answered long ago arrives once more; nobody waits for what comes of it. */
async function sendAgain() {
  const sent = kept;
  kept = [];
  for (const { request, body } of sent) await askUpstream(request, body);
  return sent.length;
}

async function control(request, response, body) {
  if (request.url === '/__fault' && request.method === 'PUT') rules = JSON.parse(body);
  if (request.url === '/__fault' && request.method === 'DELETE') {
    rules = [];
    log = [];
  }
  response.setHeader('content-type', 'application/json');
  if (request.url === '/__again') return response.end(JSON.stringify(await sendAgain()));
  return response.end(JSON.stringify(request.url === '/__log' ? log : rules));
}

async function serve(request, response) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  if (request.url.startsWith('/__')) return control(request, response, body);

  const rule = takeRule(`${request.method} ${request.url}`) ?? { do: 'none' };
  const entry = {
    id: ++requests, t: Date.now(), do: rule.do, method: request.method, url: request.url, len: body.length,
  };
  const socket = response.socket;
  try {
    if (rule.delay) await wait(rule.delay);
    if (answerAlone(rule, response, entry)) return undefined;
    if (rule.do === 'again') kept.push({ request, body });
    if (['none', 'pass', 'again'].includes(rule.do)) return passOn(request, response, body, entry);
    if (rule.do === 'twice') await askUpstream(request, body);
    const answer = await askUpstream(request, body);
    const headLength = answer.indexOf('\r\n\r\n') + 4;
    entry.status = Number(answer.subarray(9, 12));
    entry.size = answer.length - headLength;
    note(entry);
    return await breakAnswer(rule, answer, headLength, socket);
  } catch (error) {
    entry.err = error.code || String(error);
    note(entry);
    return endSocket(socket, true);
  }
}

const server = http.createServer({ keepAliveTimeout: 30000 }, serve);
server.on('clientError', (_, socket) => socket.destroy());
server.listen(Number(listenPort), '127.0.0.1', () => console.log(`faultproxy ready ${server.address().port}`));
