"""<service>_shapes.h and <service>_shapes_N.cc: the constant tables the codecs and the validator walk."""

import cpp

LOCATIONS = {
    None: "body",
    "uri": "uri",
    "querystring": "query",
    "header": "header",
    "headers": "prefix_headers",
    "statusCode": "status_code",
}
TIMESTAMP_FORMATS = {"iso8601": "iso8601", "rfc822": "http_date", "unixTimestamp": "epoch"}
TYPES = {"long": "long_integer", "double": "floating", "float": "floating"}
SHAPES_PER_FILE = 60
MEMBERS_MAX = 256  # as shape.h says


def file_count(service):
    return max(1, -(-len(service.shapes) // SHAPES_PER_FILE))


def emit_header(service):
    lines = [cpp.BANNER, "#pragma once", '#include "wire/shape.h"', "", f"namespace weir::wire::{service.namespace}::shapes {{"]
    names = [cpp.constant(n) for n in service.shapes]
    if len(set(names)) != len(names):
        raise ValueError(f"{service.name}: two shapes differ only in the case of their first letter")
    lines += [f"extern const Shape {name};" for name in names]
    return "\n".join([*lines, f"}}  // namespace weir::wire::{service.namespace}::shapes", ""])


def emit_source(service, index):
    names = list(service.shapes)[index * SHAPES_PER_FILE:(index + 1) * SHAPES_PER_FILE]
    lines = [
        cpp.BANNER,
        "#include <cstddef>",
        "",
        '#include "wire/pattern.h"',
        f'#include "wire/{service.namespace}_shapes.h"',
        f'#include "wire/{service.namespace}_types.h"',
        '#include "wire/slots.h"',
        "",
        "// The structs hold containers, so they are not standard-layout; g++ and clang lay them out as one expects.",
        '#pragma GCC diagnostic ignored "-Winvalid-offsetof"',
        "",
        f"namespace weir::wire::{service.namespace}::shapes {{",
    ]
    for name in names:
        lines += ["", *_shape(service, name)]
    lines += [f"}}  // namespace weir::wire::{service.namespace}::shapes", "", f"namespace weir::wire::{service.namespace} {{"]
    lines += [
        f"const Shape& weir_shape(const {name}*) {{ return shapes::{cpp.constant(name)}; }}"
        for name in names if name in service.structures()
    ]
    return "\n".join([*lines, f"}}  // namespace weir::wire::{service.namespace}", ""])


def _shape(service, name):
    shape = service.shapes[name]
    before, fields = [], [f".name = {cpp.literal(name)}", f".type = Type::{_type(service, name)}"]
    if shape.get("timestampFormat"):
        fields.append(f".timestamp = TimestampFormat::{TIMESTAMP_FORMATS[shape['timestampFormat']]}")
    constraint = _constraint(service, name, before)
    if constraint:
        fields.append(f".constraint = &{constraint}")
    fields += _flags(shape, {"sensitive": "sensitive", "flattened": "flattened"})
    fields += _contents(service, name, before)
    for key in ("locationName", "xmlNamespace"):
        if key in shape:
            value = shape[key] if isinstance(shape[key], str) else shape[key]["uri"]
            fields.append(f".{'xml_name' if key == 'locationName' else 'xml_namespace'} = {cpp.literal(value)}")
    return [*before, f"constinit const Shape {cpp.constant(name)} = {{{', '.join(fields)}}};"]


def _type(service, name):
    kind = service.shapes[name]["type"]
    return "document" if service.is_document(name) else TYPES.get(kind, kind)


def _flags(source, names):
    return [f".{field} = true" for key, field in names.items() if source.get(key)]


def _constraint(service, name, before):
    shape = service.shapes[name]
    fields = [f".{key} = {int(shape[key])}" for key in ("min", "max") if key in shape]
    pattern = service.pattern(name)
    if pattern is not None:
        before.append(f"static constinit Pattern {cpp.constant(name)}Pattern{{{cpp.literal(pattern)}, {cpp.literal(shape['pattern'])}}};")
        fields.append(f".pattern = &{cpp.constant(name)}Pattern")
    if "enum" in shape:
        values = ", ".join(cpp.literal(v) for v in shape["enum"])
        before.append(f"static constexpr std::string_view {cpp.constant(name)}Values[] = {{{values}}};")
        fields.append(f".values = {cpp.constant(name)}Values")
    if not fields:
        return None
    before.append(f"static constexpr Constraint {cpp.constant(name)}Constraint = {{{', '.join(fields)}}};")
    return f"{cpp.constant(name)}Constraint"


def _contents(service, name, before):
    shape = service.shapes[name]
    kind = _type(service, name)
    if kind == "structure":
        return _members(service, name, before)
    if kind == "list":
        element = shape["member"]
        return [
            f".element = &{cpp.constant(element['shape'])}",
            f".element_name = {cpp.literal(element.get('locationName', 'member'))}",
            f".list = &kListOps<{cpp.value_type(service, element['shape'])}>",
        ]
    if kind == "map":
        key, value = shape["key"], shape["value"]
        return [
            f".element = &{cpp.constant(value['shape'])}",
            f".element_name = {cpp.literal(value.get('locationName', 'value'))}",
            f".key = &{cpp.constant(key['shape'])}",
            f".key_name = {cpp.literal(key.get('locationName', 'key'))}",
            f".map = &kMapOps<{cpp.value_type(service, value['shape'])}>",
        ]
    return []


def _members(service, name, before):
    members = service.shapes[name].get("members", {})
    if not members:
        return []
    if len(members) > MEMBERS_MAX:
        raise ValueError(f"{name}: more than {MEMBERS_MAX} members")
    before.append(f"static constexpr Member {cpp.constant(name)}Members[] = {{")
    before += [f"    {{{', '.join(_member(service, name, key, member))}}}," for key, member in members.items()]
    before.append("};")
    return [f".members = {cpp.constant(name)}Members"]


def _member(service, owner, key, member):
    shape = service.shapes[owner]
    wire_name = member.get("locationName", key)
    fields = [
        f".name = {cpp.literal(key)}",
        f".wire_name = {cpp.literal(wire_name)}",
        f".json_key = {cpp.literal(chr(34) + wire_name + chr(34) + ':')}",
        f".shape = &{cpp.constant(member['shape'])}",
        f".slot = &kSlotOps<{cpp.slot_type(service, owner, member['shape'])}>",
        f".offset = offsetof({service.namespace}::{owner}, {cpp.member_name(key)})",
    ]
    location = "payload" if shape.get("payload") == key else LOCATIONS[member.get("location")]
    if location != "body":
        fields.append(f".location = Location::{location}")
    if "timestampFormat" in member:
        fields.append(f".timestamp = TimestampFormat::{TIMESTAMP_FORMATS[member['timestampFormat']]}")
    if "xmlNamespace" in member:
        fields.append(f".xml_namespace = {cpp.literal(member['xmlNamespace']['uri'])}")
    if key in shape.get("required", []):
        fields.append(".required = true")
    target = service.shapes[member["shape"]]
    marks = {**target, **member}
    return fields + _flags(marks, {
        "sensitive": "sensitive", "flattened": "flattened", "xmlAttribute": "xml_attribute",
        "idempotencyToken": "idempotency_token", "xmlText": "xml_text",
    })
