"""The drawings are drawn: everything has its place, nothing covers anything, lines are straight and do not cross."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.processes.layout import Box, Picture, cross
from tests.processes.shipped import NAMES

pytestmark = pytest.mark.parametrize("name", NAMES)


def test_everything_is_drawn_and_nothing_else(name: str) -> None:
    picture = Picture(name)

    assert set(picture.elements) == set(picture.shapes)
    assert set(picture.flows) == set(picture.edges)


def test_what_lies_in_a_lane_or_sub_process_is_drawn_inside_it(name: str) -> None:
    picture = Picture(name)
    holders = {
        id: picture.parents[id] for id in picture.nodes if picture.parents[id] in picture.shapes
    }
    holders |= picture.lane_of
    outside = [
        id
        for id, holder in holders.items()
        if picture.kind(id) != "boundaryEvent"
        and not picture.shapes[holder].holds(picture.shapes[id])
    ]

    assert [] == outside


def test_every_element_outside_a_sub_process_has_a_lane_where_there_are_lanes(name: str) -> None:
    picture = Picture(name)
    without = [
        id
        for id in picture.nodes
        if picture.lane_of and picture.parents[id] == name and id not in picture.lane_of
    ]

    assert [] == without


def test_no_two_shapes_of_one_level_overlap(name: str) -> None:
    picture = Picture(name)
    hosts = {id: picture.elements[id].get("attachedToRef") for id in picture.nodes}
    overlapping = [
        (one, other)
        for one, other in combinations(picture.nodes, 2)
        if picture.siblings(one, other)
        and other not in {hosts[one]}
        and one not in {hosts[other]}
        and picture.shapes[one].meets(picture.shapes[other])
    ]

    assert [] == overlapping


def test_a_boundary_event_sits_on_the_edge_of_its_host(name: str) -> None:
    picture = Picture(name)
    adrift = []
    for id in picture.nodes:
        host = picture.elements[id].get("attachedToRef")
        if host:
            shape = picture.shapes[id]
            middle = (shape.x + shape.width / 2, shape.y + shape.height / 2)
            if not picture.shapes[host].has_on_its_edge(middle):
                adrift.append(id)

    assert [] == adrift


def test_lines_begin_and_end_at_the_edges_of_what_they_join(name: str) -> None:
    picture = Picture(name)
    loose = []
    for id, flow in picture.flows.items():
        points = picture.edges[id]
        ends = zip(
            (flow.get("sourceRef", ""), flow.get("targetRef", "")),
            (points[0], points[-1]),
            strict=True,
        )
        loose += [id for node, point in ends if not picture.shapes[node].has_on_its_edge(point)]

    assert [] == loose


def test_lines_are_level_or_upright(name: str) -> None:
    slanted = [
        id
        for id, start, end in Picture(name).segments()
        if start[0] != end[0] and start[1] != end[1]
    ]

    assert [] == slanted


def test_no_lines_cross(name: str) -> None:
    segments = list(Picture(name).segments())
    crossing = [
        (one[0], other[0])
        for one, other in combinations(segments, 2)
        if one[0] != other[0] and cross(one[1:], other[1:])
    ]

    assert [] == crossing


def test_no_line_runs_through_a_shape(name: str) -> None:
    picture = Picture(name)
    solid = [id for id in picture.nodes if picture.kind(id) != "subProcess"]
    struck = [
        (id, node)
        for id, start, end in picture.segments()
        for node in solid
        if node not in {picture.flows[id].get("sourceRef"), picture.flows[id].get("targetRef")}
        and picture.shapes[node].meets(
            Box(
                min(start[0], end[0]),
                min(start[1], end[1]),
                abs(start[0] - end[0]) + 0.1,
                abs(start[1] - end[1]) + 0.1,
            )
        )
    ]

    assert [] == struck


def test_no_label_lies_on_a_step_or_on_another_label(name: str) -> None:
    picture = Picture(name)
    solid = [id for id in picture.nodes if picture.kind(id) != "subProcess"]
    hidden = [
        (id, node)
        for id, label in picture.labels.items()
        for node in solid
        if node != id and label.meets(picture.shapes[node])
    ]
    hidden += [
        (one, other)
        for one, other in combinations(picture.labels, 2)
        if picture.labels[one].meets(picture.labels[other])
    ]

    assert [] == hidden
