#include "catalog/predicate_literal.h"

#include "catalog/typed_value.h"

namespace weir::catalog {
namespace {

using Kind = WrittenConstant::Kind;

std::string_view what_fits(TypeFamily family) {
  switch (family) {
    case TypeFamily::text: return "a string in single quotes";
    case TypeFamily::integer: return "a whole number";
    case TypeFamily::decimal: return "a number without exponent";
    case TypeFamily::floating: return "a number";
    case TypeFamily::boolean: return "TRUE or FALSE";
    case TypeFamily::date: return "a date 'YYYY-MM-DD'";
    case TypeFamily::timestamp: return "a timestamp 'YYYY-MM-DD HH:MM:SS'";
    case TypeFamily::unsupported: break;
  }
  return "a comparable column";
}

bool row_filter_takes(Kind kind, TypeFamily family) {
  switch (family) {
    case TypeFamily::text: return kind == Kind::text;
    case TypeFamily::integer:
    case TypeFamily::decimal:
    case TypeFamily::floating: return kind == Kind::number;
    case TypeFamily::boolean: return kind == Kind::boolean;
    case TypeFamily::date: return kind == Kind::text || kind == Kind::date;
    case TypeFamily::timestamp: return kind == Kind::text || kind == Kind::date || kind == Kind::timestamp;
    case TypeFamily::unsupported: break;
  }
  return false;
}

bool partition_takes(Kind kind, TypeFamily family) {
  switch (family) {
    case TypeFamily::text: return kind != Kind::boolean;
    case TypeFamily::integer:
    case TypeFamily::decimal: return kind == Kind::text || kind == Kind::number;
    default: return row_filter_takes(kind, family);
  }
}

// A DATE or TIMESTAMP constant means its canonical text, also beside a text column.
base::Result<std::string> plain_text(const WrittenConstant& written) {
  if (written.kind != Kind::date && written.kind != Kind::timestamp) return written.text;
  auto family = written.kind == Kind::date ? TypeFamily::date : TypeFamily::timestamp;
  WEIR_TRY(auto value, typed_value(written.text, family));
  return std::get<std::string>(value.value);
}

Kind kind_of(TypeFamily family) {
  switch (family) {
    case TypeFamily::integer:
    case TypeFamily::decimal:
    case TypeFamily::floating: return Kind::number;
    case TypeFamily::boolean: return Kind::boolean;
    case TypeFamily::date: return Kind::date;
    case TypeFamily::timestamp: return Kind::timestamp;
    default: return Kind::text;
  }
}

}  // namespace

base::Result<Literal> fit(const WrittenConstant& written, TypeFamily family, Dialect dialect) {
  bool takes =
      dialect == Dialect::row_filter ? row_filter_takes(written.kind, family) : partition_takes(written.kind, family);
  if (takes) {
    auto text = plain_text(written);
    if (text.ok()) {
      auto value = typed_value(*text, family);
      if (value.ok()) return value;
    }
  }
  return base::invalid(std::string(what_fits(family)), "expression");
}

base::Result<WrittenConstant> cast(const WrittenConstant& written, std::string_view type) {
  auto family = family_of(type);
  auto value = typed_value(written.text, family);
  if (!value.ok()) return base::invalid("a constant that can be cast to the type named", "expression");
  return WrittenConstant{kind_of(family), written.text, written.position};
}

}  // namespace weir::catalog
