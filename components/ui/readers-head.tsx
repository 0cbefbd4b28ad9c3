import { Head } from 'next/document'

type Files = Parameters<Head['getScripts']>[0]

/**
 * Next's head, but for when the scripts are asked for: once the text has been painted, so that nothing it can be read without
 * competes for a phone's line with what it is read with. In development they come as ever.
 */
export class ReadersHead extends Head {
  override getScripts(files: Files) {
    const scripts = [...super.getDynamicChunks(files), ...super.getScripts(files)].filter((script) => script !== null)
    if (this.context.isDevelopment) return scripts
    const sources = scripts.map(({ props }) => props.src).filter((src) => src !== undefined)
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

/**
 * Goes into the page as text. While the scripts are on their way a date is written, for nothing: a browser's first one takes
 * longer than anything else that a page does to come to life. What nobody looks at isn't painted: there it is two seconds.
 */
const loadAfterPaint = `sources=>addEventListener("DOMContentLoaded",()=>{
const load=()=>{
if(!sources.length)return;
sources.splice(0).forEach(src=>document.head.append(Object.assign(document.createElement("script"),{src,async:false})));
setTimeout(()=>new Date().toLocaleString(document.documentElement.lang,{hour:"2-digit",minute:"2-digit"}))
};
new PerformanceObserver(load).observe({type:"paint",buffered:true});
setTimeout(load,2000)
})`.replaceAll('\n', '')
