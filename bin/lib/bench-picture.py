"""Writes the rows of a bench as one JSON document, and the ratios among them as a picture.

bench-picture.py ROWS.jsonl JSON SVG
"""

import json
import sys
from html import escape

WIDTH, LABELS, ROW, TOP = 920, 520, 24, 34

STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f }
.bar { fill: #2f6f9f } .over { fill: #b35c1e } .goal { stroke: #24292f; stroke-width: 2 }
.one { stroke: #8c959f; stroke-dasharray: 3 3 } .back { fill: #ffffff }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .bar { fill: #5aa7d9 } .over { fill: #e0873e } .goal { stroke: #e6edf3 } .back { fill: #0d1117 }
}
"""


def goal_of(row):
    text = row.get("goal", "")
    return (text[:2], float(text[2:])) if text else (None, None)


def picture(rows):
    most = max([4.0] + [min(row["ratio"], 8.0) for row in rows])
    scale = (WIDTH - LABELS - 60) / most
    height = TOP + ROW * len(rows) + 12
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        "<title>Ratios of medians</title>",
        f"<style>{STYLE}</style>",
        f'<rect class="back" width="{WIDTH}" height="{height}"/>',
        f'<text x="8" y="20">ratios of medians; a short line is the goal, the dotted one 1</text>',
    ]
    for number, row in enumerate(rows):
        top = TOP + ROW * number
        kind, goal = goal_of(row)
        missed = goal is not None and (row["ratio"] > goal if kind == "<=" else row["ratio"] < goal)
        length = min(row["ratio"], most) * scale
        middle = top + 15
        parts.append(f'<text x="8" y="{middle}">{escape(row["row"])}</text>')
        parts.append(
            f'<rect class="{"over" if missed else "bar"}" x="{LABELS}" y="{top + 3}" width="{length:.1f}" height="16"/>'
        )
        parts.append(f'<text x="{LABELS + length + 6:.1f}" y="{middle}">{row["ratio"]:.2f}</text>')
        if goal is not None and goal <= most:
            at = LABELS + goal * scale
            parts.append(f'<line class="goal" x1="{at:.1f}" x2="{at:.1f}" y1="{top}" y2="{top + 22}"/>')
    one = LABELS + scale
    parts.append(f'<line class="one" x1="{one:.1f}" x2="{one:.1f}" y1="{TOP}" y2="{height - 8}"/>')
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def main():
    rows_file, json_file, svg_file = sys.argv[1:]
    with open(rows_file) as lines:
        rows = [json.loads(line) for line in lines]
    with open(json_file, "w") as out:
        json.dump({"rows": rows}, out, indent=1)
        out.write("\n")
    with open(svg_file, "w") as out:
        out.write(picture([row for row in rows if "ratio" in row]))


main()
