/// The look of pages: one palette in light and dark, quiet type, one loud colour.
enum DigestStyle {
    static let text = #"""
        :root {
          color-scheme: light dark;
          --paper: #fbfaf7; --card: #ffffff; --ink: #1d2326; --quiet: #5d686d; --line: #e3e0d8; --accent: #0b5c6b;
          --neg: #b8442b; --neu: #b9bcb6; --pos: #2c7f8c; --band: #ece8dc; --warn: #fbeae5;
          --gap: 1rem; --measure: 70rem;
          font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
        }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #15191b; --card: #1d2225; --ink: #e8e6e1; --quiet: #9aa5a9; --line: #30373a; --accent: #7cc7d4;
            --neg: #e8836a; --neu: #6d7472; --pos: #6fbecb; --band: #2a3033; --warn: #35231e; }
        }
        * { box-sizing: border-box }
        body { margin: 0; background: var(--paper); color: var(--ink) }
        a { color: inherit; text-decoration-color: var(--line); text-underline-offset: .2em }
        a:hover { text-decoration-color: currentColor }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
        header, main { max-width: var(--measure); margin: 0 auto; padding: 0 1.25rem }
        header { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.5rem; padding-block: .9rem }
        header .mark { font-weight: 650; letter-spacing: -.01em; text-decoration: none }
        nav { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem }
        nav a { text-decoration: none; color: var(--quiet); padding: .2rem 0; border-bottom: 2px solid transparent }
        :root:not(:has(:target)) nav a:first-child { color: var(--ink); border-color: var(--accent) }
        @supports selector(:has(a)) {
          @media screen {
            main:not(:has(:target)) .digest:not(:first-child) { display: none }
            main:has(:target) .digest:not(:target, :has(:target)) { display: none }
          }
        }
        h1 { font-size: 1.65rem; line-height: 1.25; letter-spacing: -.015em; margin: 1.4rem 0 .2rem; font-weight: 600; text-wrap: balance; overflow-wrap: anywhere }
        h2 { font-size: 1.05rem; margin: 0 0 .6rem; font-weight: 600 }
        h3 { font-size: .85rem; margin: 0 0 .35rem; color: var(--quiet); font-weight: 500 }
        p.lead { margin: .3rem 0; max-width: 46rem }
        .when, .quiet { color: var(--quiet) } p.when { margin: .3rem 0 }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.1rem; margin-top: var(--gap); min-width: 0 }
        .card p { margin: .25rem 0 }
        .kpis { display: grid; grid-template-columns: repeat(auto-fit, minmax(12.5rem, 1fr)); gap: var(--gap); margin-top: 1.1rem }
        .kpi { display: grid; grid-template-columns: auto 1fr; align-items: end; align-content: start; gap: 0 .8rem; text-decoration: none; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .8rem 1rem }
        .kpi:hover { border-color: var(--quiet) }
        .kpi .label { grid-column: 1 / 3; color: var(--quiet); font-size: .85rem }
        .kpi .value { font-size: 1.7rem; font-weight: 600; font-variant-numeric: tabular-nums; letter-spacing: -.02em; line-height: 1.2; white-space: nowrap }
        .kpi .delta { grid-column: 1 / 3; font-size: .85rem; color: var(--quiet) }
        .kpi.bad .value { color: var(--neg) }
        .spark { width: 100%; max-width: 8rem; height: 1.9rem; justify-self: end }
        .spark polyline { fill: none; stroke: var(--ink); stroke-width: 1.4 } .spark circle { fill: var(--ink) } .band { fill: var(--band) }
        .alert { border-left: 4px solid var(--neg); background: linear-gradient(var(--warn), var(--card) 9rem) }
        .why { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1rem 2rem }
        .parts ol { list-style: none; margin: 0; padding: 0; display: grid; gap: .2rem }
        .parts li { display: grid; grid-template-columns: minmax(5rem, 9.5rem) minmax(2.5rem, 1fr) 2rem 3rem; gap: .6rem; align-items: center; font-size: .9rem }
        .parts li a { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
        .parts b { text-align: right; font-weight: 500; font-variant-numeric: tabular-nums } .parts b.over { color: var(--quiet) }
        .bar { height: .55rem; background: var(--band); border-radius: 1rem; overflow: hidden }
        .bar i { display: block; height: 100%; width: var(--w); background: var(--neu); border-radius: 1rem } .bar.worse i { background: var(--neg) }
        .sum { text-align: right; color: var(--quiet); font-size: .85rem }
        .chart { width: 100%; height: auto; display: block }
        .scroll { overflow-x: auto }
        @media (max-width: 40rem) { .scroll .chart { width: 46rem } .latest { direction: rtl } .latest .chart { direction: ltr } }
        .chart .neg, .key .neg { fill: var(--neg); background: var(--neg) } .chart .neu, .key .neu { fill: var(--neu); background: var(--neu) } .chart .pos, .key .pos { fill: var(--pos); background: var(--pos) } .key .use { background: var(--band) }
        .grid { stroke: var(--line); stroke-width: 1 } .tick { fill: var(--quiet); font-size: 11px }
        .key { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; font-size: .85rem; color: var(--quiet); margin-top: .5rem } .key i { display: inline-block; width: .7rem; height: .7rem; border-radius: .15rem; margin-right: .35rem }
        .two { display: grid; grid-template-columns: 3fr 2fr; gap: 0 var(--gap); align-items: start } .two > * { min-width: 0 } @media (max-width: 52rem) { .two { grid-template-columns: 1fr } }
        .story { padding: .7rem 0; border-top: 1px solid var(--line) } .story:first-of-type { border-top: 0; padding-top: 0 }
        .story p { margin: .15rem 0; overflow-wrap: anywhere } .story b { font-weight: 600 } .story .meta { font-size: .85rem; color: var(--quiet) }
        mark { background: none; color: inherit; border-bottom: .18em solid var(--neg); position: relative } mark.p { border-color: var(--pos) } mark.weak { border-bottom-width: .09em }
        mark:focus-visible::after { content: attr(title); position: absolute; left: 0; top: 100%; z-index: 1; white-space: nowrap; background: var(--card); border: 1px solid var(--line); border-radius: .35rem; padding: .1rem .45rem; font-size: .8rem; color: var(--ink) }
        .tag { font-size: .8rem; border-radius: 1rem; padding: .05rem .55rem; border: 1px solid var(--line); white-space: nowrap } .tag.n { color: var(--neg) } .tag.p { color: var(--pos) }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums } td, th { padding: .3rem .8rem .3rem 0; border-top: 1px solid var(--line); vertical-align: baseline; text-align: left; font-weight: inherit } td:last-child, th:last-child { text-align: right; padding-right: 0 }
        tr:first-child td, th { border-top: 0 } th { color: var(--quiet); font-size: .85rem }
        .silent { font-weight: 600 }
        details { margin-top: .5rem } summary { cursor: pointer; color: var(--quiet); font-size: .9rem } summary b { font-weight: 600; color: var(--ink) }
        details table { font-size: .85rem; margin-top: .4rem } details h3 { margin: .9rem 0 0 } table.numbers td + td, table.numbers th + th { text-align: right }
        .rows td:nth-child(-n+3) { white-space: nowrap } .rows td:first-child { color: var(--quiet) } .rows td.numbers { white-space: normal; text-align: left } .rows td.what { width: 100%; text-align: left }
        :target { scroll-margin-top: 1rem } .digest:target { scroll-margin-top: 8rem } tr:target td, h3:target { background: var(--band) }
        footer { padding-block: 1.5rem 2.5rem; color: var(--quiet); font-size: .85rem }
        @media print { .digest + .digest { break-before: page } header { display: none } }

        """#
}
