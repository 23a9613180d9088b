"""How names and types of a model are spelt in C++."""

KEYWORDS = {
    "auto", "bool", "break", "case", "catch", "char", "class", "const", "continue", "default", "delete", "do",
    "double", "else", "enum", "explicit", "export", "extern", "false", "float", "for", "friend", "goto", "if",
    "inline", "int", "long", "namespace", "new", "operator", "private", "protected", "public", "register",
    "return", "short", "signed", "sizeof", "static", "struct", "switch", "template", "this", "throw", "true",
    "try", "typedef", "union", "unsigned", "using", "virtual", "void", "volatile", "while",
}

SCALARS = {
    "boolean": "bool",
    "integer": "int32_t",
    "long": "int64_t",
    "float": "double",
    "double": "double",
    "string": "std::string",
    "blob": "std::string",
    "timestamp": "base::Instant",
}

BANNER = "// Generated from the published service model. A build output: change the generator or the patches.\n"


def member_name(name):
    return f"{name}_" if name in KEYWORDS else name


def constant(name):
    return f"k{name[0].upper()}{name[1:]}"


def literal(text):
    """A C++ string literal."""
    out = []
    for ch in text:
        if ch in '"\\':
            out.append("\\" + ch)
        elif " " <= ch <= "~":
            out.append(ch)
        else:
            out.extend(f"\\{byte:03o}" for byte in ch.encode())
    return '"' + "".join(out) + '"'


def value_type(service, name):
    """The C++ type of a value of that shape, without its optionality."""
    shape = service.shapes[name]
    kind = shape["type"]
    if service.is_document(name):
        return "base::Json"
    if kind == "structure":
        return f"{service.namespace}::{name}"
    if kind == "list":
        element = value_type(service, shape["member"]["shape"])
        if element == "bool":
            raise ValueError(f"{name}: a list of booleans has no addressable elements")
        return f"wire::List<{element}>"
    if kind == "map":
        return f"wire::Map<{value_type(service, shape['value']['shape'])}>"
    return SCALARS[kind]


def slot_type(service, owner, target):
    """The C++ type of a struct member of shape `target`: containers know absence themselves."""
    kind = service.shapes[target]["type"]
    value = value_type(service, target)
    if kind in ("list", "map"):
        return value
    if kind == "structure" and not service.is_document(target) and service.is_boxed(owner, target):
        return f"std::optional<wire::Box<{value}>>"
    return f"std::optional<{value}>"
