"""Runs in the environment of pm4py, not in ours: reads our files and says what pm4py makes of them, as JSON.

    python conformance.py LOG.xes LOG.json MODEL.bpmn MOST

MOST is how many runs are aligned, which takes longer than replaying tokens.
"""

from __future__ import annotations

import json
import sys
import warnings

TAKEN = ("accept", "issue_opinion", "call_service/dispatch", "sort", "route")
"""Steps that the drawing demands wherever they occur."""


def main(xes: str, ocel: str, model: str, most: int) -> dict:
    import pm4py  # noqa: PLC0415

    log = pm4py.read_xes(xes)
    objects = pm4py.read_ocel2_json(ocel)
    net, begin, end = pm4py.convert_to_petri_net(pm4py.read_bpmn(model))
    labels = {transition.label for transition in net.transitions if transition.label}
    whole = log[(log["case:petition:process"] == "petition") & log["case:petition:concluded"]]
    drawn = whole[whole["petition:element"].fillna("") != ""]

    def fits(runs) -> dict:
        cases = runs["case:concept:name"].unique()
        some = runs[runs["case:concept:name"].isin(cases[:most])]
        tokens = pm4py.conformance_diagnostics_token_based_replay(runs, net, begin, end)
        aligned = pm4py.conformance_diagnostics_alignments(some, net, begin, end)
        return {
            "runs": len(tokens),
            "fit": sum(one["trace_is_fit"] for one in tokens),
            "best": max(one["trace_fitness"] for one in tokens),
            "worst": min(one["trace_fitness"] for one in tokens),
            "aligned": len(aligned),
            "aligned_best": max(one["fitness"] for one in aligned),
            "aligned_worst": min(one["fitness"] for one in aligned),
        }

    def without(step: str):
        is_it = drawn["concept:name"].str.startswith(f"{step} ")
        having = drawn["case:concept:name"].isin(drawn[is_it]["case:concept:name"])
        return drawn[having & ~is_it]

    return {
        "pm4py": pm4py.__version__,
        "cases": int(log["case:concept:name"].nunique()),
        "events": len(log),
        "objects": len(objects.objects),
        "object_events": len(objects.events),
        "places": len(net.places),
        "transitions": len(net.transitions),
        "unlabelled": sorted(set(drawn["concept:name"]) - labels),
        "lawful": fits(drawn),
        "planted": {step: fits(without(step)) for step in TAKEN},
    }


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    said = main(*sys.argv[1:4], int(sys.argv[4]))
    sys.stdout.write("\n" + json.dumps(said) + "\n")
