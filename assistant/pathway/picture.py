"""The algorithm as a picture, made from `algorithm.yaml`: Graphviz DOT text, and the same as JSON-ready data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from textwrap import wrap
from typing import Any, Final

from assistant.corpus import load
from assistant.pathway.history import BLOCK
from assistant.pathway.model import load_algorithm
from assistant.pathway.result import Plan, Status, Step
from assistant.pathway.rules import Algorithm, Intervention, Need

# Fill for the eye, shape for who sees no colours; what they say stands in words in the node as well.
_LOOK: Final[Mapping[Status, tuple[str, str]]] = {
    "consider": ("#dcefe2", 'shape=box, style="rounded,filled", penwidth=3, peripheries=2'),
    "alongside": ("#dcefe2", 'shape=box, style="rounded,filled", penwidth=2, peripheries=2'),
    "later": ("#f4f4f4", 'shape=box, style="rounded,filled"'),
    "done": ("#e6e9f2", 'shape=box, style="filled"'),
    "failed": ("#e6e9f2", 'shape=box, style="filled,diagonals"'),
    "unavailable": ("#f2e4e1", 'shape=octagon, style="filled"'),
    "not covered": ("#ffffff", 'shape=box, style="rounded,filled,dashed"'),
    "need to know": ("#fbf3d6", 'shape=note, style="filled"'),
}
# Each status in words.
STATUS_WORDS: Final[Mapping[Status, str]] = {
    "consider": "consider now",
    "alongside": "may go alongside",
    "later": "later",
    "done": "tried, relief did not last",
    "failed": "tried and failed",
    "unavailable": "not available",
    "not covered": "the review does not cover it here",
    "need to know": "to be asked, or your judgement",
}
_NO_PLAN: Final = ("#ffffff", "penwidth=1")
# A line of text that is longer is broken, so that the picture stays narrow enough for a small screen.
_LONGEST_LINE: Final = 18


def to_dot(plan: Plan | None = None, link: Callable[[str], str] | None = None) -> str:
    """Graphviz DOT of the pathway; with a plan each node says in words where the patient stands.

    link: the address that an intervention's node leads to; by default none. Each node has its status as its class, so
    that whoever shows the picture may give it other colours, such as those for a dark page.
    The blocks for the sites hang on sympathetic blocks; with a plan only those that have a place in it.
    """
    algorithm = load_algorithm()
    lines = [
        "digraph pathway {",
        '  graph [rankdir=TB, bgcolor="#fcfcfa", fontname="sans-serif", pad=0.15, nodesep=0.3, ranksep=0.45];',
        '  node [shape=box, style="rounded,filled", fontname="sans-serif", fontcolor="#1a1a1a"];',
        '  edge [fontname="sans-serif", fontsize=11, color="#555555"];',
    ]
    lines += [f"  {_node(item.id, _lines(item, plan), plan, link)}" for item in algorithm.interventions]
    for name, sites in _blocks(algorithm).items():
        if plan is None or plan.step(name).status != "not covered":
            lines.append(f"  {_node(name, [_label(name), _joined(sites), *_place(name, plan)], plan, link)}")
            lines.append(f'  "{BLOCK}" -> "{name}" [style=dotted, arrowhead=none];')
    for edge in _edges(algorithm):
        style = "dashed" if edge["kind"] != "needs" else "solid"
        lines.append(f'  "{edge["from"]}" -> "{edge["to"]}" [style={style}, label={_quoted(_broken([edge["says"]]))}];')
    return "\n".join([*lines, "}", ""])


def to_json() -> dict[str, Any]:
    """The pathway as JSON-ready data: steps in order, the blocks with their sites, and the edges between steps."""
    algorithm = load_algorithm()
    return {
        "steps": [
            {
                "intervention": item.id,
                "label": _label(item.id),
                "modality": item.modality,
                "needs": [need.model_dump() for need in item.needs],
                "alongside": item.alongside,
                "statements": list(item.statements),
                "references": _references(item.statements),
            }
            for item in algorithm.interventions
        ],
        "blocks": [
            {"intervention": name, "label": _label(name), "sites": sites} for name, sites in _blocks(algorithm).items()
        ],
        "edges": _edges(algorithm),
    }


def _lines(item: Intervention, plan: Plan | None) -> list[str]:
    return [_label(item.id), *(_place(item.id, plan) if plan else [item.modality])]


def _place(name: str, plan: Plan | None) -> list[str]:
    return [STATUS_WORDS[plan.step(name).status].upper()] if plan else []


def _node(name: str, lines: Iterable[str], plan: Plan | None, link: Callable[[str], str] | None) -> str:
    step: Step | None = plan.step(name) if plan else None
    fill, look = _LOOK[step.status] if step else _NO_PLAN
    tooltip = f", tooltip={_quoted([step.reason])}" if step else ""
    url = f", URL={_quoted([link(name)])}" if link else ""
    kind = step.status.replace(" ", "-") if step else "alone"
    return f'"{name}" [label={_quoted(_broken(lines))}, class="{kind}", fillcolor="{fill}", {look}{tooltip}{url}];'


def _blocks(algorithm: Algorithm) -> dict[str, list[str]]:
    """The sites of each block, in words; what is said of a condition without a site is left to the plan."""
    blocks = algorithm.intervention(BLOCK).forms
    return {name: [_label(site.site) for site in algorithm.sites if name in site.blocks] for name in blocks}


def _edges(algorithm: Algorithm) -> list[dict[str, str]]:
    """From each need to its step; a need that another need already asks for is not drawn twice."""
    edges = []
    for item in algorithm.interventions:
        implied = {
            earlier.intervention
            for need in item.needs
            if not need.unless_studied
            for earlier in algorithm.intervention(need.intervention).needs
        }
        edges += [_edge(item, need) for need in item.needs if need.intervention not in implied]
        if item.alongside:
            edges.append({"from": item.alongside, "to": item.id, "kind": "alongside", "says": "or at the same time"})
    return edges


def _edge(item: Intervention, need: Need) -> dict[str, str]:
    says = "failed, or relief did not last"
    if need.unknown == "asks":
        says = "asked, no bar where unknown"
    if need.unless_studied:
        says += "; not needed where studied"
    return {
        "from": need.intervention,
        "to": item.id,
        "kind": "asks" if need.unknown == "asks" else "needs",
        "says": says,
    }


def _references(statements: Iterable[str]) -> list[int]:
    return sorted({number for name in statements for number in load().by_id[name].references})


def _label(name: str) -> str:
    return load().concepts[name].label


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names)


def _broken(lines: Iterable[str]) -> list[str]:
    return [
        part for line in lines for part in wrap(line, _LONGEST_LINE, break_long_words=False, break_on_hyphens=False)
    ]


def _quoted(lines: Iterable[str]) -> str:
    """A DOT string; each line on its own, quotation marks and backslashes escaped."""
    escaped = (line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") for line in lines)
    return '"' + "\\n".join(escaped) + '"'
