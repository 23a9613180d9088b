"""A published service model, patched and cut down to what the served operations reach."""

import copy
import gzip
import json
from pathlib import Path

from regex_dialect import UnsupportedPattern, to_re2


class ModelFault(Exception):
    """The model holds something the generator has no words for; a patch must say what it means."""


def load(models_dir, model, patches_dir, service):
    """Reads service-2.json(.gz) under `models_dir/model` and applies the patch kept for the service.

    A model of our own, for what AWS has no service for, lies beside the patches and comes first.
    """
    own = Path(patches_dir).parent / model / "service-2.json"
    plain = own if own.exists() else Path(models_dir) / model / "service-2.json"
    if plain.exists():
        document = json.loads(plain.read_text())
    else:
        document = json.loads(gzip.decompress(Path(f"{plain}.gz").read_bytes()))
    patch_file = Path(patches_dir) / f"{service}.json"
    patch = json.loads(patch_file.read_text()) if patch_file.exists() else {}
    merge(document, patch.get("merge", {}))
    document["skippedPatterns"] = {entry["shape"] for entry in patch.get("patterns_not_checked", [])}
    return document


def merge(target, patch):
    """JSON merge patch: objects merge, null removes, everything else replaces."""
    for key, value in patch.items():
        if value is None:
            if key not in target:
                raise ModelFault(f"the patch removes {key!r}, which the model no longer has")
            del target[key]
        elif isinstance(value, dict) and isinstance(target.get(key), dict):
            merge(target[key], value)
        else:
            target[key] = value


def references(shape):
    """The shapes a shape mentions, in order."""
    for member in shape.get("members", {}).values():
        yield member["shape"]
    for role in ("member", "key", "value"):
        if role in shape:
            yield shape[role]["shape"]


class Service:
    """One service: its shapes in an order C++ can declare them, and its served operations."""

    def __init__(self, name, document, served):
        self.name = name
        self.namespace = name.replace("-", "_")  # as C++ spells it, in files too
        self.metadata = document["metadata"]
        self.all_shapes = document["shapes"]
        self.skipped_patterns = document["skippedPatterns"]
        unknown = [op for op in served if op not in document["operations"]]
        if unknown:
            raise ModelFault(f"{name}: the model has no operation {', '.join(unknown)}")
        self.operations = {op: document["operations"][op] for op in served}
        self.unserved = sorted(set(document["operations"]) - set(served))
        self.unserved_queries = self._query_names(document, self.unserved) - self._query_names(document, served)
        self.error_names = sorted({e["shape"] for op in self.operations.values() for e in op.get("errors", [])})
        self._drop_streaming_members()
        self.shapes = self._ordered_reachable()
        self._forget_unreached_skips()

    @staticmethod
    def _query_names(document, operations):
        """The query parameters in the addresses of those operations: S3's ?acl, ?tagging, ..."""
        queries = (document["operations"][op]["http"]["requestUri"].partition("?")[2] for op in operations)
        return {pair.partition("=")[0] for query in queries for pair in query.split("&") if pair} - {"x-id"}

    def io(self, operation, side):
        """The name of the input or output structure, or None."""
        return self.operations[operation].get(side, {}).get("shape")

    def is_document(self, name):
        return bool(self.all_shapes[name].get("document"))

    def structures(self):
        return [n for n in self.shapes if self.shapes[n]["type"] == "structure" and not self.is_document(n)]

    def pattern(self, name):
        """The shape's pattern in RE2's dialect, or None."""
        shape = self.shapes[name]
        if "pattern" not in shape or name in self.skipped_patterns:
            return None
        try:
            return to_re2(shape["pattern"])
        except UnsupportedPattern as fault:
            raise ModelFault(f"{self.name}: pattern of {name}: {fault}; patch it or list it as not checked") from fault

    def is_boxed(self, owner, target):
        """Whether a direct member of type `target` inside `owner` would make `owner` contain itself."""
        return self._contains(target, owner, set())

    def _contains(self, name, wanted, seen):
        if name == wanted:
            return True
        seen.add(name)
        members = self.all_shapes[name].get("members", {}).values()
        direct = [m["shape"] for m in members if self.all_shapes[m["shape"]]["type"] == "structure"]
        return any(self._contains(d, wanted, seen) for d in direct if d not in seen)

    def _drop_streaming_members(self):
        """Bodies that stream are the service's business; their member never enters a struct."""
        self.streaming = {}
        self.all_shapes = copy.deepcopy(self.all_shapes)
        for operation in self.operations:
            for side in ("input", "output"):
                shape = self.io(operation, side)
                payload = shape and self.all_shapes[shape].get("payload")
                if payload and self._is_streaming(self.all_shapes[shape]["members"][payload]):
                    self.streaming[operation, side] = payload
        for (operation, side), payload in self.streaming.items():
            shape = self.all_shapes[self.io(operation, side)]
            shape["members"].pop(payload, None)
            shape.pop("payload", None)

    def _is_streaming(self, member):
        return bool(member.get("streaming") or self.all_shapes[member["shape"]].get("streaming"))

    def _ordered_reachable(self):
        ordered = {}
        open_names = set()

        def visit(name):
            if name in ordered or name in open_names:
                return
            open_names.add(name)
            for other in references(self.all_shapes[name]):
                visit(other)
            ordered[name] = self.all_shapes[name]

        for operation in self.operations:
            for side in ("input", "output"):
                if self.io(operation, side):
                    visit(self.io(operation, side))
        return ordered

    def _forget_unreached_skips(self):
        for name in self.skipped_patterns:
            if name in self.shapes and "pattern" not in self.shapes[name]:
                raise ModelFault(f"{self.name}: {name} is listed as not checked but has no pattern")
