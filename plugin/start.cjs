// Starts the provider plugin. Written as Node read it long ago: an old one ends at the first line of the bundle with an error that says nothing of its age.
var version = process.versions.node.split('.').map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  process.stderr.write(
    'pulumi-resource-alicloud-media needs Node.js 20.19 or newer, and node on PATH is ' +
      process.versions.node +
      ': https://nodejs.org\n',
  );
  process.exitCode = 1;
} else {
  require('./pulumi-resource-alicloud-media.cjs');
}
