/// The digest page; `PageView` is what it reads.
enum DigestTemplate {
    static let text = #"""
        {{% CONTENT_TYPE: EARSHOT}}<!doctype html>
        <html lang="{{tag}}">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="referrer" content="no-referrer">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
        <title>{{title}} · Earshot</title>
        <style>
        {{{style}}}{{#sections}}:root:has(#{{prefix}}:target, #{{prefix}} :target) nav a[href="#{{prefix}}"] { color: var(--ink); border-color: var(--accent) }
        {{/sections}}</style>
        <header><a class="mark" href="#">Earshot</a>{{#hasSeveral}}
          <nav>{{#sections}}<a href="#{{prefix}}" lang="{{tag}}">{{navigation}}</a>{{/sections}}</nav>{{/hasSeveral}}
        </header>
        <main>{{#sections}}
        <article class="digest" id="{{prefix}}" lang="{{tag}}">
          <h1>{{headline}}</h1>
          <p class="lead">{{detail}}</p>
          <p class="when">{{dayLine}} · {{words.everyFigureOpens}}</p>{{#notices}}
          <section class="card{{#isAlarm}} alert{{/isAlarm}}"><h2>{{title}}</h2>{{#lines}}<p>{{.}}</p>{{/lines}}</section>{{/notices}}
          <section class="kpis">{{#kpis}}
            <a class="kpi{{#isBad}} bad{{/isBad}}" href="#{{target}}"><span class="label">{{label}}</span><span class="value">{{value}}</span>{{{spark}}}<span class="delta">{{change}}</span>{{#dayBefore}}<span class="delta">{{.}}</span>{{/dayBefore}}</a>{{/kpis}}
          </section>{{#hasSplits}}
          <section class="card{{#isHard}} alert{{/isHard}}">
            <h2>{{words.splits}}</h2>
            <div class="why">{{#splits}}
              <section class="parts"><h3>{{title}}</h3><ol>{{#parts}}
                <li><a href="#{{target}}">{{name}}</a><span class="bar{{#isWorse}} worse{{/isWorse}}"><i style="--w:{{width}}%"></i></span><b>{{count}}</b><b class="over">{{change}}</b></li>{{/parts}}
              </ol><p class="sum">{{words.sum}} <b>{{sum}}</b></p></section>{{/splits}}
            </div>
          </section>{{/hasSplits}}
          <section class="card"><h2>{{words.sevenDays}}</h2>
            <div class="scroll latest">{{{chart}}}</div>
            <div class="key"><span><i class="neg"></i>{{words.negative}}</span><span><i class="neu"></i>{{words.neutral}}</span><span><i class="pos"></i>{{words.positive}}</span>{{#hasUsual}}<span><i class="use"></i>{{words.usualForTheHours}}</span>{{/hasUsual}}</div>
            <details><summary>{{words.table}}</summary><div class="scroll"><table class="numbers"><thead><tr><th>{{words.time}}</th><th>{{words.negative}}</th><th>{{words.neutral}}</th><th>{{words.positive}}</th><th>{{words.usual}}</th></tr></thead><tbody>{{#buckets}}
              <tr><td>{{time}}</td><td>{{negative}}</td><td>{{neutral}}</td><td>{{positive}}</td><td>{{usual}}</td></tr>{{/buckets}}
            </tbody></table></div></details>
          </section>
          <div class="two">
            <section class="card"><h2>{{words.stories}}</h2>{{#stories}}
              <div class="story"><p dir="auto">{{opening}}{{#hasTitle}}<b>{{#title}}{{#isMarked}}<mark class="{{style}}" title="{{weight}}" tabindex="0">{{text}}</mark>{{/isMarked}}{{^isMarked}}{{text}}{{/isMarked}}{{/title}}</b>{{#hasText}}<br>{{/hasText}}{{/hasTitle}}{{#text}}{{#isMarked}}<mark class="{{style}}" title="{{weight}}" tabindex="0">{{text}}</mark>{{/isMarked}}{{^isMarked}}{{text}}{{/isMarked}}{{/text}}{{closing}}</p>
              <p class="meta"><span class="tag {{tone}}">{{label}}</span>{{#topics}} <span class="tag">{{.}}</span>{{/topics}} {{#link}}<a href="{{.}}" rel="noopener noreferrer nofollow">{{/link}}{{meta}}{{#link}}</a>{{/link}}</p></div>{{/stories}}{{^hasStories}}
              <p class="quiet">{{words.noStories}}</p>{{/hasStories}}
            </section>
            <div>
              <section class="card"><h2>{{words.tone}}</h2>
                <table>{{#tones}}<tr><td><a href="#{{target}}">{{label}}</a></td><td>{{#usual}}<span class="quiet">{{.}}</span>{{/usual}}</td><td><a href="#{{target}}">{{count}}</a></td></tr>{{/tones}}</table></section>
              <section class="card"><h2>{{words.sources}}</h2>
                <p>{{onTime}}</p>{{#silent}}<p class="silent">{{.}}</p>{{/silent}}</section>
            </div>
          </div>
          <section class="card rows"><h2>{{words.rows}}</h2>{{#evidence}}
            {{#mentions}}<details><summary>{{label}} <b>{{count}}</b></summary><div class="scroll" id="{{anchor}}"><table>{{#rows}}
              <tr id="{{anchor}}"><td>{{number}}</td><td>{{time}}</td><td>{{place}}</td><td class="what" dir="auto">{{#link}}<a href="{{.}}" rel="noopener noreferrer nofollow">{{/link}}{{text}}{{#link}}</a>{{/link}}</td><td><span class="tag {{tone}}">{{label}}</span></td></tr>{{/rows}}
            </table>{{#cut}}<p class="quiet">{{.}}</p>{{/cut}}</div></details>{{/mentions}}
            <details><summary>{{words.behindStories}} <b>{{storyCount}}</b></summary><div class="scroll" id="{{prefix}}-stories">{{#stories}}<h3 id="{{anchor}}">{{label}} {{count}}</h3><table>{{#rows}}
              <tr><td>{{number}}</td><td>{{time}}</td><td>{{place}}</td><td class="what" dir="auto">{{#link}}<a href="{{.}}" rel="noopener noreferrer nofollow">{{/link}}{{text}}{{#link}}</a>{{/link}}</td></tr>{{/rows}}
            </table>{{#cut}}<p class="quiet">{{.}}</p>{{/cut}}{{/stories}}</div></details>{{#hasMarket}}
            {{#market}}<details><summary>{{label}} <b>{{count}}</b></summary><div class="scroll" id="{{anchor}}"><table>{{#rows}}
              <tr><td>{{number}}</td><td>{{time}}</td><td>{{brand}}</td><td>{{place}}</td><td class="what" dir="auto">{{#link}}<a href="{{.}}" rel="noopener noreferrer nofollow">{{/link}}{{text}}{{#link}}</a>{{/link}}</td></tr>{{/rows}}
            </table>{{#cut}}<p class="quiet">{{.}}</p>{{/cut}}</div></details>{{/market}}{{/hasMarket}}{{#hasParts}}
            <details><summary>{{words.splits}}</summary><div class="scroll"><table>{{#parts}}
              <tr id="{{anchor}}"><td>{{name}}</td><td>{{count}}</td><td class="numbers">{{#numbers}}<a href="#{{target}}">{{number}}</a> {{/numbers}}</td></tr>{{/parts}}
            </table></div></details>{{/hasParts}}{{/evidence}}
          </section>
          <footer>{{asKnown}}</footer>
        </article>{{/sections}}
        </main>
        </html>

        """#
}
