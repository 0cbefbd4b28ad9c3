import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Head } from 'next/document'

type Files = Parameters<Head['getScripts']>[0]

/**
 * Next's head, but for two things. The styles are in the page, so that it can be painted when it has come. And the scripts are asked
 * for once it has been painted, so that nothing it can be read without competes for a phone's line with what it is read with. In
 * development both come as ever.
 */
export class ReadersHead extends Head {
  override getCssLinks(files: Files) {
    if (this.context.isDevelopment) return super.getCssLinks(files)
    const styles = files.allFiles.filter((file) => file.endsWith('.css')).map(readStyles)
    // biome-ignore lint/security/noDangerouslySetInnerHtml: files that the build has made.
    return [<style key="styles" nonce={this.props.nonce} dangerouslySetInnerHTML={{ __html: styles.join('') }} />]
  }

  override getScripts(files: Files) {
    const scripts = [...super.getDynamicChunks(files), ...super.getScripts(files)].filter((script) => script !== null)
    if (this.context.isDevelopment) return scripts
    const sources = scripts.map(({ props }) => props.src).filter((src) => src !== undefined && !isForRouter(src))
    const load = `(${loadAfterPaint})(${JSON.stringify(sources).replaceAll('<', '\\u003c')})`
    return [
      ...scripts.filter(({ props }) => props.src === undefined),
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own function, and addresses of files that the build has made.
      <script key="scripts" nonce={this.props.nonce} dangerouslySetInnerHTML={{ __html: load }} />,
    ]
  }

  override getDynamicChunks() {
    return []
  }
}

const read = new Map<string, string>()

/** A style sheet of the build's, with the addresses in it as they are seen from any page. */
function readStyles(file: string): string {
  const known = read.get(file)
  if (known !== undefined) return known
  const styles = readFileSync(join(process.cwd(), '.next', file), 'utf8').replaceAll('url(../media/', 'url(/_next/static/media/')
  read.set(file, styles)
  return styles
}

/** Lists for going to other pages by the router, which nobody does. Both are empty; the router waits for the second. */
function isForRouter(src: string): boolean {
  return /\/_(ssg|clientMiddleware)Manifest\.js$/.test(src)
}

/**
 * What a browser needs to write its first date takes it longer than anything else that a page does to come to life. All of a
 * process shares it, so a thread beside the page's writes one, which then is thrown away, and the page's own first costs nothing.
 */
const writeDates = `const now=new Date();
now.toLocaleString(name,{hour:"2-digit",minute:"2-digit",timeZone:"UTC"});
new Intl.RelativeTimeFormat(name,{style:"short"}).format(-1,"minute");
postMessage(0)`

/**
 * Goes into the page as text. The scripts are fetched at once, and run when the dates can be written, or after a second. What
 * nobody looks at isn't painted: there it is two seconds.
 */
const loadAfterPaint = `sources=>addEventListener("DOMContentLoaded",()=>{
const add=(name,properties)=>document.head.append(Object.assign(document.createElement(name),properties));
self.__MIDDLEWARE_MATCHERS=[];
const run=()=>sources.splice(0).forEach(src=>add("script",{src,async:false}));
let load=()=>{
load=()=>{};
sources.forEach(href=>add("link",{href,rel:"preload",as:"script"}));
setTimeout(run,1000);
try{
const dates=new Worker(URL.createObjectURL(new Blob([${JSON.stringify(writeDates)}])),{name:document.documentElement.lang});
dates.onmessage=dates.onerror=()=>{dates.terminate();run()}
}catch{run()}
};
setTimeout(()=>load(),2000);
new PerformanceObserver(()=>load()).observe({type:"paint",buffered:true})
})`.replaceAll('\n', '')
