// The parts of plotly.js that our figures use: lines, points, bars, shapes, annotations, hover, French.
var Registry = require('plotly.js/src/registry');
var register = exports.register = Registry.register;
var api = require('plotly.js/src/plot_api');
Object.keys(api).forEach(function (name) {
  if (name.charAt(0) !== '_') exports[name] = api[name];
  register({ moduleType: 'apiMethod', name: name, fn: api[name] });
});
register([require('plotly.js/src/traces/scatter'), require('plotly.js/src/traces/bar')]);
register([
  require('plotly.js/src/components/annotations'),
  require('plotly.js/src/components/selections'),
  require('plotly.js/src/components/shapes'),
  require('plotly.js/src/components/errorbars'),
  require('plotly.js/src/components/colorscale'),
  require('plotly.js/src/components/legend'),
  require('plotly.js/src/components/fx'),
  require('plotly.js/src/components/modebar')
]);
register([require('plotly.js/src/locale-en'), require('plotly.js/src/locale-en-us'), require('plotly.js/lib/locales/fr')]);
var Fx = require('plotly.js/src/components/fx');
exports.Fx = { hover: Fx.hover, unhover: Fx.unhover };
exports.Plots = { resize: require('plotly.js/src/plots/plots').resize };
exports.version = require('plotly.js/src/version').version;
