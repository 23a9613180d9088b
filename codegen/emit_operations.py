"""<service>_operations.h/.cc: what the service serves, and services.h/.cc: the list of services."""

import re

import cpp

PROTOCOLS = {"json": "aws_json", "query": "query", "rest-json": "rest_json", "rest-xml": "rest_xml"}


def emit_header(service):
    lines = [
        cpp.BANNER, "#pragma once", '#include "wire/operation.h"', f'#include "wire/{service.namespace}_types.h"', "",
        f"namespace weir::wire::{service.namespace} {{", "", "const ServiceModel& model();", "",
        "// One tag per operation: its types, and its row in the table.", "namespace op {",
    ]
    for name in service.operations:
        lines.append(
            f"struct {name} {{ using Input = {_io_type(service, name, 'input')};"
            f" using Output = {_io_type(service, name, 'output')}; static const Operation& model(); }};")
    return "\n".join([*lines, "}  // namespace op", "", f"}}  // namespace weir::wire::{service.namespace}", ""])


def _io_type(service, operation, side):
    shape = service.io(operation, side)
    return f"{service.namespace}::{shape}" if shape else "wire::Nothing"


def emit_source(service):
    lines = [
        cpp.BANNER, f'#include "wire/{service.namespace}_operations.h"', "", f'#include "wire/{service.namespace}_shapes.h"', "",
        f"namespace weir::wire::{service.namespace} {{", "namespace {", "", "extern const ServiceModel kModel;", "",
    ]
    lines += _errors(service)
    for name in service.operations:
        lines += _operation_parts(service, name)
    lines += ["constexpr Operation kOperations[] = {"]
    lines += [f"    {{{', '.join(_operation(service, name))}}}," for name in service.operations]
    lines += ["};", ""]
    unserved = ", ".join(cpp.literal(n) for n in service.unserved)
    lines += [f"constexpr std::string_view kUnserved[] = {{{unserved}}};", ""] if unserved else []
    queries = ", ".join(cpp.literal(n) for n in sorted(service.unserved_queries))
    lines += [f"constexpr std::string_view kUnservedQueries[] = {{{queries}}};", ""] if queries else []
    lines += [f"constinit const ServiceModel kModel = {{{', '.join(_model(service))}}};", "", "}  // namespace", ""]
    lines += ["const ServiceModel& model() { return kModel; }", "", "namespace op {"]
    lines += [
        f"const Operation& {name}::model() {{ return kOperations[{i}]; }}" for i, name in enumerate(service.operations)
    ]
    return "\n".join([*lines, "}  // namespace op", "", f"}}  // namespace weir::wire::{service.namespace}", ""])


def _errors(service):
    if not service.error_names:
        return []
    lines = ["constexpr ErrorShape kErrors[] = {"]
    for name in service.error_names:
        shape = service.all_shapes[name]
        error = shape.get("error", {})
        fields = [f".name = {cpp.literal(name)}", f".code = {cpp.literal(error.get('code', name))}"]
        if "httpStatusCode" in error:
            fields.append(f".http_status = {error['httpStatusCode']}")
        if shape.get("fault") or error.get("senderFault") is False:
            fields.append(".sender_fault = false")
        lines.append(f"    {{{', '.join(fields)}}},")
    return [*lines, "};", ""]


def _operation_parts(service, name):
    operation = service.operations[name]
    lines = []
    errors = [service.error_names.index(e["shape"]) for e in operation.get("errors", [])]
    if errors:
        lines.append(f"constexpr const ErrorShape* k{name}Errors[] = {{{', '.join(f'&kErrors[{i}]' for i in errors)}}};")
    path, query = _split_uri(operation)
    if path:
        lines.append(f"constexpr UriPart k{name}Path[] = {{{', '.join(_uri_part(p) for p in path)}}};")
    if query:
        pairs = ", ".join(f"{{{cpp.literal(k)}, {cpp.literal(v)}}}" for k, v in query)
        lines.append(f"constexpr QueryPart k{name}Query[] = {{{pairs}}};")
    return lines


def _split_uri(operation):
    path, _, query = operation["http"]["requestUri"].partition("?")
    parts = [p for p in path.split("/") if p]
    return parts, [tuple(pair.partition("=")[::2]) for pair in query.split("&") if pair]


def _uri_part(segment):
    label = re.fullmatch(r"\{(\w+)(\+?)\}", segment)
    if not label:
        return f"{{.text = {cpp.literal(segment)}}}"
    greedy = ", .greedy = true" if label[2] else ""
    return f"{{.text = {cpp.literal(label[1])}, .label = true{greedy}}}"


def _operation(service, name):
    operation = service.operations[name]
    path, query = _split_uri(operation)
    fields = [f".name = {cpp.literal(name)}", ".service = &kModel", f".method = {cpp.literal(operation['http']['method'])}"]
    fields += [f".path = k{name}Path"] if path else []
    fields += [f".query = k{name}Query"] if query else []
    for side in ("input", "output"):
        shape = service.io(name, side)
        fields.append(f".{side} = {'&shapes::' + cpp.constant(shape) if shape else '&kNothing'}")
    if "responseCode" in operation["http"]:
        fields.append(f".success_status = {operation['http']['responseCode']}")
    if operation.get("errors"):
        fields.append(f".errors = k{name}Errors")
    fields += _names(service, name, operation)
    fields += [".idempotent = true"] if operation.get("idempotent") else []
    if operation.get("httpChecksumRequired") or operation.get("httpChecksum", {}).get("requestChecksumRequired"):
        fields.append(".checksum_required = true")
    return fields


def _names(service, name, operation):
    fields = []
    for side in ("input", "output"):
        if (name, side) in service.streaming:
            fields.append(f".streaming_{side} = {cpp.literal(service.streaming[name, side])}")
    if "resultWrapper" in operation.get("output", {}):
        fields.append(f".result_wrapper = {cpp.literal(operation['output']['resultWrapper'])}")
    if "locationName" in operation.get("input", {}):
        fields.append(f".input_root = {cpp.literal(operation['input']['locationName'])}")
    if "hostPrefix" in operation.get("endpoint", {}):
        fields.append(f".host_prefix = {cpp.literal(operation['endpoint']['hostPrefix'])}")
    return fields


def _model(service):
    meta = service.metadata
    fields = [
        f".name = {cpp.literal(service.name)}",
        f".signing_name = {cpp.literal(meta.get('signingName', meta['endpointPrefix']))}",
        f".endpoint_prefix = {cpp.literal(meta['endpointPrefix'])}",
        f".protocol = Protocol::{PROTOCOLS[meta['protocol']]}",
        f".api_version = {cpp.literal(meta['apiVersion'])}",
    ]
    for key, field in (("jsonVersion", "json_version"), ("targetPrefix", "target_prefix"), ("xmlNamespace", "xml_namespace")):
        if key in meta:
            fields.append(f".{field} = {cpp.literal(meta[key])}")
    fields.append(".operations = kOperations")
    fields += [".unserved = kUnserved"] if service.unserved else []
    fields += [".unserved_queries = kUnservedQueries"] if service.unserved_queries else []
    fields += [".errors = kErrors"] if service.error_names else []
    return fields


def emit_list(services):
    names = [s.namespace for s in services]
    includes = [f'#include "wire/{n}_operations.h"' for n in sorted(names)]
    body = ", ".join(f"&{n}::model()" for n in names)
    return "\n".join([
        cpp.BANNER, *includes, "", "namespace weir::wire {", "",
        "std::span<const ServiceModel* const> all_services() {",
        f"  static const ServiceModel* const services[] = {{{body}}};", "  return services;", "}", "",
        "}  // namespace weir::wire", "",
    ])
