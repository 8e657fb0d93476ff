/** The pages' whole style: one column that fits a phone, in the light or the dark that the reader's system has. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--bg:#f5f5fa;--card:#fff;--line:#e2e2ea;--text:#1b1c22;--soft:#50525f;--accent:#4f46e5;--accent-text:#4338ca;--accent-soft:#eceafe}
@media(prefers-color-scheme:dark){:root{--bg:#15161a;--card:#1f2026;--line:#34363f;--text:#ececf1;--soft:#b8bac6;--accent:#5b55e8;--accent-text:#b3b1ff;--accent-soft:#2b2a4d}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--text);font:17px/1.55 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
a{color:var(--accent-text)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:6px}
.page{max-width:680px;margin:0 auto;padding:20px 16px 48px}
.brand{display:flex;align-items:center;gap:9px;margin:0 0 20px;font-weight:600;color:var(--soft)}
.brand svg{width:26px;height:26px;flex:none}
main{background:var(--card);border:1px solid var(--line);border-radius:18px;padding:26px 22px 28px}
h1{margin:0 0 10px;font-size:clamp(26px,6.4vw,36px);line-height:1.18;letter-spacing:-.01em}
h2{margin:30px 0 12px;font-size:20px;line-height:1.3}
h1+.lead+h2{margin-top:0}
h3{margin:0 0 6px;font-size:17px}
p{margin:0 0 12px}
.above{color:var(--soft);margin:0 0 2px}
.lead{color:var(--soft);margin:0 0 18px}
.text{white-space:pre-line;margin:0}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:14px 20px;margin:22px 0 0;padding:18px 0 0;border-top:1px solid var(--line)}
.facts dt{color:var(--soft);font-size:14px}
.facts dd{margin:0;font-weight:600}
.ways{display:grid;gap:12px}
.way{border:1px solid var(--line);border-radius:14px;padding:16px 16px 6px}
.way ol{margin:0 0 10px;padding-left:1.3em}
.way li{margin:0 0 8px;padding-left:2px}
code{font:600 16px/1.4 ui-monospace,"SF Mono","Cascadia Code",Menlo,Consolas,"DejaVu Sans Mono",monospace}
.command{display:block;margin:6px 0 2px;padding:10px 14px;border-radius:10px;background:var(--accent-soft);color:var(--accent-text);user-select:all;-webkit-user-select:all}
.code{display:block;margin:4px 0 8px;padding:16px;border:2px dashed var(--accent);border-radius:14px;text-align:center;font-size:clamp(18px,5.4vw,24px);letter-spacing:.04em;user-select:all;-webkit-user-select:all}
.button{display:inline-block;margin:4px 8px 8px 0;padding:9px 16px;border-radius:10px;background:var(--accent);color:#fff;font-weight:600;text-decoration:none}
h4{margin:0;font-size:17px;line-height:1.35}
h4 a{color:inherit}
.events{list-style:none;margin:0 0 18px;padding:0}
.events li{padding:14px 0;border-top:1px solid var(--line)}
.events li:first-child{border-top:0;padding-top:2px}
.month{margin:20px 0 4px;font-size:15px;color:var(--soft);font-weight:600}
h2+.month{margin-top:0}
.events .when{margin:0 0 2px}
.zone{font-weight:400;color:var(--soft)}
.mine{white-space:nowrap}
.subscribe{margin:0 0 22px;padding:16px 16px 14px;border:1px solid var(--line);border-radius:14px}
.subscribe p{margin:0 0 8px}
.events p{margin:0}
.when{color:var(--accent-text);font-weight:600;font-size:15px}
.where,.hint{color:var(--soft);font-size:15px}
.off h4 a{text-decoration:line-through}
.off h4 strong{font-size:14px;font-weight:600;color:var(--soft)}
.quiet{background:var(--accent-soft);color:var(--accent-text)}
details{border-top:1px solid var(--line);padding:14px 0}
summary{cursor:pointer;font-weight:600}
details>*:nth-child(2){margin-top:12px}
details .events{margin-bottom:0}
iframe{width:100%;height:600px;border:1px solid var(--line);border-radius:14px;background:var(--bg)}
footer{margin:18px 6px 0;color:var(--soft);font-size:14px}
@media(min-width:620px){main{padding:36px 36px 38px}.page{padding-top:36px}.ways{grid-template-columns:repeat(auto-fit,minmax(260px,1fr))}}
`;
