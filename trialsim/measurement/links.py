"""Which people may be compared at all: those linked by shared reviewers and shared scenarios."""

from collections.abc import Iterable


def linked_groups(edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return for every left name the number of its group, from 0 in order of first appearance.

    Two left names are in one group when a chain of shared right names joins them. A candidate and
    a reviewer of the same name stay apart.
    """
    parent: dict[tuple[str, str], tuple[str, str]] = {}

    def root(node: tuple[str, str]) -> tuple[str, str]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for left, right in edges:
        parent[root(("left", left))] = root(("right", right))
    numbers: dict[tuple[str, str], int] = {}
    lefts = [node for node in parent if node[0] == "left"]
    return {name: numbers.setdefault(root((side, name)), len(numbers)) for side, name in lefts}
