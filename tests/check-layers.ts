import { cruise, type IReporterOutput } from 'dependency-cruiser'
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config'

const fewest = 60

// A cruiser that meets a TypeScript it doesn't know looks at nothing and finds nothing wrong: so the modules are counted too.
const options = await extractOptions('./.dependency-cruiser.js')
const { output }: IReporterOutput = await cruise(['app', 'pages', 'components', 'lib'], options, undefined, {
  tsConfig: extractTsConfig('./tsconfig.json'),
})
if (typeof output === 'string') throw new Error('the cruiser answered with text, not with what it found')

const { violations, totalCruised } = output.summary
const own = output.modules.filter(({ source }) => /^(app|pages|components|lib)\//.test(source)).length
for (const { from, to, rule } of violations) console.error(`${rule.name}: ${from} must not import ${to}`)
if (own < fewest) console.error(`only ${own} of our modules were looked at (${totalCruised} in all): the layers were not checked`)
if (violations.length > 0 || own < fewest) process.exit(1)
console.log(`layers: ${own} modules, ${output.summary.totalDependenciesCruised ?? 0} imports, none out of place`)
