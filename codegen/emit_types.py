"""<service>_types.h: one plain struct per structure."""

import cpp


def emit(service):
    structures = service.structures()
    lines = [
        cpp.BANNER,
        "#pragma once",
        "#include <optional>",
        "#include <string>",
        "",
        '#include "base/clock.h"',
        '#include "base/json.h"',
        '#include "wire/members.h"',
        "",
        "namespace weir::wire {",
        "struct Shape;",
        "}",
        "",
        f"namespace weir::wire::{service.namespace} {{",
        "",
    ]
    lines += [f"struct {name};" for name in structures]
    for name in structures:
        lines += ["", *_struct(service, name)]
    lines += ["", "// The table of each struct, found by argument-dependent lookup."]
    lines += [f"const Shape& weir_shape(const {name}*);" for name in structures]
    lines += ["", f"}}  // namespace weir::wire::{service.namespace}", ""]
    return "\n".join(lines)


def _struct(service, name):
    members = service.shapes[name].get("members", {})
    if not members:
        return [f"struct {name} {{}};"]
    body = [
        f"  {cpp.slot_type(service, name, member['shape'])} {cpp.member_name(key)}{{}};"
        for key, member in members.items()
    ]
    return [f"struct {name} {{", *body, "};"]
